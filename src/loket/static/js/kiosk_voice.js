// Reads the screen aloud where this computer has a voice for its language; hidden where it has none.

const TAGS = { id: "id-ID", en: "en-GB" };

export function offerReading() {
  const button = document.querySelector("[data-read]");
  if (!button || !("speechSynthesis" in window)) return;
  button.hidden = !voice();
  button.addEventListener("click", () => (speechSynthesis.speaking ? stopReading() : read()));
}

export function stopReading() {
  window.speechSynthesis?.cancel();
}

function read() {
  const words = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
  words.voice = voice();
  words.lang = TAGS[document.documentElement.lang];
  words.rate = 0.95;
  speechSynthesis.speak(words);
}

function voice() {
  const language = document.documentElement.lang;
  return speechSynthesis.getVoices().find((each) => each.lang.toLowerCase().startsWith(language));
}

// Browsers learn of their voices late; the button on the screen may appear then.
window.speechSynthesis?.addEventListener?.("voiceschanged", () => {
  const button = document.querySelector("[data-read]");
  if (button) button.hidden = !voice();
});

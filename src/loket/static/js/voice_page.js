// Manage, voice: hear a word, record it, hear the result. After a recording the focus goes to the next
// word, so that a language is read aloud with the space bar alone.

import { canRecord, listen } from "./recorder.js";

const page = document.querySelector("[data-voice]");
const sound = new Audio();
let listening = null;

page.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.play) play([button.dataset.play]);
  else if (button?.dataset.sample) play(JSON.parse(button.dataset.sample));
  else if (button && "record" in button.dataset) press(button);
});

function show() {
  for (const button of page.querySelectorAll("[data-play], [data-sample]")) button.hidden = false;
  for (const button of page.querySelectorAll("[data-record]")) button.hidden = !canRecord();
  if (!canRecord()) say("unable");
}

async function play([address, ...rest]) {
  sound.src = address;
  sound.onended = () => rest.length > 0 && play(rest);
  await sound.play().catch(() => undefined); // a newer press ends an older sound
}

async function press(button) {
  if (listening) {
    listening.stop();
    return;
  }
  say("");
  const row = button.closest("[data-word]");
  try {
    listening = await listen();
  } catch {
    say("denied");
    return;
  }
  row.classList.add("word--listening");
  const name = button.querySelector("[data-name]");
  const record = name.textContent;
  name.textContent = words("stop");
  const word = await listening.word;
  listening = null;
  row.classList.remove("word--listening");
  name.textContent = record;
  if (word) await keep(row.dataset.word, word);
  else say("silent");
}

async function keep(clip, word) {
  const content = new FormData(page.querySelector("[data-upload] form"));
  content.set("clip", clip);
  content.set("sound", word, "word.wav");
  const answer = await fetch(page.dataset.recordings, { method: "POST", body: content }).catch(() => null);
  if (!answer?.ok) {
    say("failed");
    return;
  }
  redraw(new DOMParser().parseFromString(await answer.text(), "text/html"));
  const row = page.querySelector(`[data-word="${clip}"]`);
  play([row.querySelector("[data-play]").dataset.play]);
  nextOf(row)?.querySelector("[data-record]").focus();
}

// The server's new page holds the truth; what the person had opened stays open.
function redraw(fresh) {
  for (const language of page.querySelectorAll("[data-language]")) {
    language.innerHTML = fresh.getElementById(language.id).innerHTML;
  }
  page.querySelector("[data-sample]").dataset.sample = fresh.querySelector("[data-sample]").dataset.sample;
  show();
}

function nextOf(row) {
  const rows = [...page.querySelectorAll("[data-word]")];
  return rows[rows.indexOf(row) + 1];
}

function words(name) {
  return name && page.querySelector(`[data-says="${name}"]`).textContent;
}

function say(name) {
  const trouble = page.querySelector("[data-trouble]");
  trouble.querySelector("span").textContent = words(name);
  trouble.hidden = !name;
}

show();

// The hand-over clock and the seconds in which a press can be taken back tick between two fetches.

let started = performance.now();

/** The page was fetched just now: what it says counts from here. */
export function restartClocks() {
  started = performance.now();
  tick();
}

export function startClocks() {
  setInterval(tick, 1000);
}

function tick() {
  const passed = Math.floor((performance.now() - started) / 1000);
  for (const clock of document.querySelectorAll("[data-handover][data-ticking]")) showClock(clock, passed);
  for (const toast of document.querySelectorAll("[data-undo]")) showLeft(toast, passed);
}

function showClock(clock, passed) {
  const ran = Number(clock.dataset.ran) + passed;
  const limit = Number(clock.dataset.limit);
  const tone = ran > limit ? "late" : ran * 10 >= limit * 7 ? "wait" : "good";
  const apart = Math.abs(limit - ran);
  clock.className = `handover handover--${tone}`;
  clock.querySelector("[data-shown]").textContent = `${two(Math.floor(ran / 60))}.${two(ran % 60)}`;
  clock.querySelector("[data-fill]").setAttribute("width", Math.min(100, (ran * 100) / limit));
  clock.querySelector("[data-state]").textContent = clock.dataset[tone]
    .replace("{m}", Math.floor(apart / 60))
    .replace("{s}", apart % 60);
}

function showLeft(toast, passed) {
  const left = Number(toast.dataset.left) - passed;
  if (left <= 0) return toast.remove();
  const text = toast.querySelector("[data-text]");
  text.textContent = text.dataset.text.replace("{s}", left);
}

function two(number) {
  return String(number).padStart(2, "0");
}

// Nobody touches the kiosk: after data-idle seconds it asks, fifteen seconds later it forgets.
// Screens with data-quiet hold nothing that was written and leave without asking.
import { stopReading } from "./kiosk_voice.js";

const COUNTDOWN = 15;

export function watchIdleness({ leave }) {
  let waiting = 0;
  let counting = 0;

  function restart() {
    clearTimeout(waiting);
    clearInterval(counting);
    cover(false);
    const seconds = Number(document.body.dataset.idle);
    if (seconds) waiting = setTimeout("quiet" in document.body.dataset ? leave : ask, seconds * 1000);
  }

  function ask() {
    let left = COUNTDOWN;
    cover(true);
    tell(left);
    document.querySelector("[data-still-stay]").focus();
    counting = setInterval(() => {
      left -= 1;
      tell(left);
      if (left <= 0) end();
    }, 1000);
  }

  function end() {
    clearInterval(counting);
    leave();
  }

  function touched(event) {
    if (event.target.closest?.("[data-still-end]")) end();
    else if (asking() && !event.target.closest?.("[data-still-stay]") && event.type !== "click") return;
    else restart();
  }

  for (const kind of ["click", "keydown", "input", "touchstart", "wheel"]) {
    document.addEventListener(kind, touched, { passive: true });
  }
  return { restart };
}

/**
 * All that somebody wrote or got leaves the screen at once: the line may be cut, and the next person may stand
 * here already. Only the head stays, and below it that the line is gone, if it is.
 */
export function forget() {
  const main = document.getElementById("main");
  const cut = !document.querySelector("[data-offline]").hidden;
  stopReading();
  document.title = "Loket";
  main.replaceChildren(document.querySelector("[data-nobody]").content.cloneNode(true));
  main.querySelector("[data-offline]").hidden = !cut;
  document.body.replaceChildren(document.querySelector("header"), main);
  main.hidden = document.querySelector("header").hidden = false;
  delete document.body.dataset.idle;
}

function asking() {
  const still = document.querySelector("[data-still]");
  return Boolean(still && !still.hidden);
}

/** The question covers the screen, and nothing beneath it can be read or reached. */
function cover(covered) {
  const still = document.querySelector("[data-still]");
  if (!still) return;
  still.hidden = !covered;
  for (const part of document.body.children) if (part !== still && part.matches("header, main, footer")) part.hidden = covered;
}

function tell(left) {
  document.querySelector("[data-still-count]").textContent = left;
}

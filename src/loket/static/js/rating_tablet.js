// The tablet at a counter asks when a visit there has ended, and rests again by itself.

import { startHeartbeat } from "./heartbeat.js";
import { watch } from "./live.js";
import { rest } from "./tablet.js";

// The stream tells of every change; this ends a question whose three minutes are over.
const LOOK_EVERY = 15000;
// Words after the tap: so long after the last touch the next visitor finds a resting tablet.
const REST_AFTER = 30000;

// The tap itself changes the hall: until its own page is here, no other one takes its place.
let tapped = false;
const { home, beat, asks, thanks, version } = document.body.dataset;

startHeartbeat(beat);

if (thanks === undefined) {
  watch({ topics: ["hall"], version: Number(version), onChange: look });
  setInterval(look, LOOK_EVERY);
  addEventListener("submit", () => (tapped = true));
  addEventListener("pageshow", () => (tapped = false));
} else {
  restWhenLeft();
}

async function look() {
  try {
    const answer = await fetch(home, { redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Only another question is drawn anew; a finger on its way to an answer is not interrupted.
    if (page.body.dataset.asks !== asks && !tapped) location.replace(home);
  } catch {
    // The line is cut: what is shown stays, and the next look tries again.
  }
}

function restWhenLeft() {
  let left = setTimeout(rest, REST_AFTER);
  for (const touch of ["input", "pointerdown", "keydown"]) {
    addEventListener(touch, () => {
      clearTimeout(left);
      left = setTimeout(rest, REST_AFTER);
    });
  }
}

// My number keeps itself current: fetches itself again when the hall changes, says when it cannot,
// and rings at the call once its owner has agreed.
import { watch } from "./live.js";
import { inOrder, takePart } from "./page.js";
import { agree, canRing, ring } from "./ring.js";

const RUNNING = ["waiting", "called", "parked", "no_show", "serving"];
// Minutes pass without any event.
const EVERY = 30_000;
// A hundred phones hear of one change; they need not all ask in the same instant.
const SPREAD = 700;
const body = document.body;
const ask = inOrder();
let agreed = false;

async function refresh() {
  if (!RUNNING.includes(body.dataset.state)) return;
  try {
    const answer = await ask(location.href);
    if (!answer) return;
    if (answer.status === 200) show(answer.page);
    stale(answer.status !== 200);
  } catch {
    stale(true);
  }
}

function show(page) {
  const fresh = page.body.dataset;
  const moved = fresh.state !== body.dataset.state;
  const called = fresh.state === "called" && (moved || fresh.called !== body.dataset.called);
  document.title = page.title;
  body.className = page.body.className;
  Object.assign(body.dataset, { state: fresh.state, called: fresh.called });
  takePart(page, "place");
  // An opened "give back" stays open under the finger, unless it makes no sense any more.
  if (moved) takePart(page, "acts");
  offerRinging();
  if (called && agreed) ring();
}

function stale(lost) {
  for (const notice of document.querySelectorAll("[data-stale]")) notice.hidden = !lost;
  for (const line of document.querySelectorAll("[data-fresh]")) line.hidden = lost;
}

function offerRinging() {
  for (const button of document.querySelectorAll("[data-ring]")) button.hidden = agreed || !canRing();
  for (const notice of document.querySelectorAll("[data-ringing]")) notice.hidden = !agreed;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-ring]")) return;
  agreed = true;
  agree();
  offerRinging();
});

offerRinging();
setInterval(refresh, EVERY);
watch({
  topics: ["hall"],
  version: Number(body.dataset.version),
  onChange: () => setTimeout(refresh, Math.random() * SPREAD),
  onLine: (alive) => (alive ? refresh() : stale(true)),
});

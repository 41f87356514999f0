// The inbox by keyboard and without reloads: J and K walk the rows, the list follows the office.

import { watch } from "../live.js";
import { inOrder, leadsAway, NotConnected, takePart } from "../page.js";
import { listenForKeys } from "./keys.js";

const inbox = document.querySelector("[data-inbox]");
const offline = document.querySelector("[data-offline]");
const ask = inOrder();

listenForKeys({ j: () => walk(1), k: () => walk(-1), x: choose, a: take });
watch({
  topics: ["consultations"],
  version: Number(inbox.dataset.version),
  onChange: refresh,
  onLine: (alive) => (offline.hidden = alive),
});
// Deadlines come nearer without anything happening.
setInterval(refresh, 60_000);

const rows = () => [...inbox.querySelectorAll("[data-row]")];
const here = () => document.activeElement?.closest("[data-row]");

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.indexOf(here());
  const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + step, 0), all.length - 1);
  all[next].querySelector("[data-open]").focus();
}

function choose() {
  const box = here()?.querySelector("[data-pick]");
  if (box) box.checked = !box.checked;
}

/** What is chosen, else the row one stands on. */
function take() {
  const button = inbox.querySelector("[data-take]");
  if (!button) return;
  if (!inbox.querySelector("[data-pick]:checked")) choose();
  if (inbox.querySelector("[data-pick]:checked")) button.click();
}

async function refresh() {
  // Somebody is choosing rows; the list must not change under the hand.
  if (inbox.querySelector("[data-pick]:checked")) return;
  const opened = here()?.querySelector("[data-open]").pathname;
  try {
    const answer = await ask(location.href);
    if (!answer || leadsAway(answer) || answer.status !== 200) return;
    const { page } = answer;
    for (const name of ["tabs", "inbox"]) takePart(page, name);
    if (takePart(page, "list") && opened) focusOn(opened);
    offline.hidden = true;
  } catch (error) {
    if (!(error instanceof NotConnected)) throw error;
    offline.hidden = false;
  }
}

function focusOn(path) {
  const link = [...inbox.querySelectorAll("[data-open]")].find((each) => each.pathname === path);
  link?.focus();
}

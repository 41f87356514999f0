// The supervisor's page keeps itself fresh.

import { watch } from "./live.js";
import { inOrder, leadsAway, NotConnected, takePart } from "./page.js";

const PARTS = ["at", "promise", "counters", "lines", "machines", "left"];
const today = document.querySelector("[data-today]");
const offline = document.querySelector("[data-offline]");
const ask = inOrder();

watch({
  topics: ["hall", "devices"],
  version: { hall: Number(today.dataset.hall), devices: Number(today.dataset.devices) },
  onChange: refresh,
  onLine: (alive) => {
    offline.hidden = alive;
  },
});
// Clocks run without anything happening.
setInterval(refresh, 15_000);

async function refresh() {
  try {
    const answer = await ask(location.href);
    if (!answer || leadsAway(answer)) return;
    if (answer.status === 200) PARTS.forEach((name) => takePart(answer.page, name));
  } catch (error) {
    if (!(error instanceof NotConnected)) throw error;
  }
}

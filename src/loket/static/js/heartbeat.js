// A paired device says every five seconds that it is there, and how its sound and screen are. The
// answers tell the device in turn whether it is connected.

import { watchLine } from "./line.js";

// `says` is asked each time, e.g. () => ({ sound: "on" }); `changed(up)` hears of a line lost or back.
// Returns a function that beats at once. A device whose right was withdrawn is led back to its pairing
// page by a reload.
export function startHeartbeat(address, says = () => ({}), changed = () => undefined) {
  async function beat(signal) {
    const state = { screen: document.hidden ? "hidden" : "on", ...says() };
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(state), signal });
    if (answer.status === 404) location.reload();
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
  }
  return watchLine({ ask: beat, changed });
}

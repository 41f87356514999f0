// A paired device says every five seconds that it is there, and how its sound and screen are.

const EVERY = 5000;

// `says` is asked each time, e.g. () => ({ sound: "on" }). A device whose right was withdrawn is led
// back to its pairing page by a reload.
export function startHeartbeat(address, says = () => ({})) {
  async function beat() {
    const state = { screen: document.hidden ? "hidden" : "on", ...says() };
    try {
      const answer = await fetch(address, { method: "POST", body: JSON.stringify(state) });
      if (answer.status === 404) location.reload();
    } catch {
      // The line is cut; the next beat tries again, and staff see the silence.
    }
  }
  beat();
  return setInterval(beat, EVERY);
}

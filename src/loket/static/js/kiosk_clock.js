// The office's own time, whatever zone this computer believes to be in.

export function keepClock() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const now = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: clock.dataset.clock,
  }).format(new Date());
  clock.textContent = now.replace(":", ".");
}

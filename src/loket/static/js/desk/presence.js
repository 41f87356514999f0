// Tells the colleagues that this page is open, and whether somebody writes in it.

const EVERY_MS = 15_000;
const STILL_WRITING_MS = 20_000;

let typedAt = 0;
let doing = "";

export function attend(place) {
  const say = () => tell(place, Date.now() - typedAt < STILL_WRITING_MS ? "writing" : "reading");
  place.addEventListener("input", () => {
    typedAt = Date.now();
    if (doing !== "writing") say();
  });
  addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.presence, content("gone")));
  addEventListener("pageshow", (event) => event.persisted && say());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && say());
  setInterval(() => document.visibilityState === "visible" && say(), EVERY_MS);
  say();
}

function tell(place, what) {
  doing = what;
  // The line may be cut; that is told elsewhere, and the next word comes in fifteen seconds.
  fetch(place.dataset.presence, { method: "POST", body: content(what), keepalive: true }).catch(() => {});
}

function content(what) {
  const said = new FormData();
  said.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  said.set("doing", what);
  return said;
}

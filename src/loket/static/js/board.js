// The board: fetches what it shows whenever the stream says that something changed, announces new
// calls, and always tells the hall and the staff whether it is connected and can be heard.

import { Announcer } from "./announcer.js";
import { startHeartbeat } from "./heartbeat.js";
import { withPatience } from "./line.js";
import { watch } from "./live.js";

const REFRESH = 60_000; // closing times and waiting ranges change without any event
const PATIENCE = 8000;
const REMEMBERED = 60;
const MEMORY = "loket-announced";

const board = document.body;
const find = (selector) => board.querySelector(selector);
const settings = board.dataset;

// --- what is shown ---------------------------------------------------------------------------

let etag = "";
let told = settings.version; // by the stream; the process that answers may not have heard of it yet
let newest = null; // the called panel to return to after the announcements
let ahead = 0; // how far the server's clock is ahead of this machine's

async function fetchSnapshot(signal) {
  const headers = etag ? { "If-None-Match": etag } : {};
  const answer = await fetch(`${settings.snapshot}?version=${told}`, { headers, redirect: "manual", cache: "no-store", signal });
  if (answer.type === "opaqueredirect" || answer.status === 404) {
    location.reload(); // not paired any more
    return;
  }
  ahead = Date.parse(answer.headers.get("Date")) - Date.now() || 0;
  if (answer.status !== 200) return;
  const before = etag;
  etag = answer.headers.get("ETag") ?? "";
  if (before && release(before) !== release(etag)) {
    location.reload(); // the program was upgraded: its scripts and styles belong to the new pages
    return;
  }
  const fragment = document.createElement("template");
  fragment.innerHTML = await answer.text();
  draw(fragment.content);
}

function release(tag) {
  return tag.split("-")[0];
}

function draw(fragment) {
  for (const part of fragment.querySelectorAll("[data-part]")) {
    if (part.dataset.part === "called") newest = part;
    else replace(find(`[data-part="${part.dataset.part}"]`), part);
  }
  announceNew(fragment);
  if (announcer.busy) showPanel(shown.panel);
  else showNewest();
}

function replace(place, part) {
  if (place.innerHTML !== part.innerHTML) place.innerHTML = part.innerHTML;
}

// The big panel; the list beside it leaves out the number that stands in it.
function showPanel(part) {
  const place = find('[data-part="called"]');
  replace(place, part);
  const label = place.querySelector(".called__number")?.textContent;
  for (const row of board.querySelectorAll("tr[data-label]")) row.hidden = row.dataset.label === label;
}

function showNewest() {
  if (newest) showPanel(newest);
}

// --- what is announced -----------------------------------------------------------------------

const announced = new Set(JSON.parse(sessionStorage.getItem(MEMORY) ?? "[]"));

const announcer = new Announcer({
  chime: settings.chime,
  repeat: Number(settings.repeat),
  show: showCall,
  heard: showSound,
});

function announceNew(fragment) {
  const standing = new Set(fragment.querySelector("[data-standing]").dataset.standing.split(" "));
  announcer.keep((call) => standing.has(call.key));
  for (const call of fragment.querySelectorAll("template[data-call]")) {
    const { call: key, brief, clips } = call.dataset;
    if (announced.has(key)) continue;
    announced.add(key);
    announcer.add({ key, brief: brief.trim(), clips: JSON.parse(clips), panel: call });
  }
  sessionStorage.setItem(MEMORY, JSON.stringify([...announced].slice(-REMEMBERED)));
}

let shown = null;

function showCall(call, waiting) {
  shown = call;
  if (call === null) showNewest();
  else showPanel(call.panel);
  find("[data-queue]").hidden = waiting.length === 0;
  find("[data-queued]").textContent = waiting.map(({ brief }) => brief).join(", ");
}

function showSound(sound) {
  find("[data-unblock]").hidden = sound !== "blocked";
  for (const word of board.querySelectorAll("[data-sound]")) word.hidden = word.dataset.sound !== sound;
  tellNow?.();
}

find("[data-unblock]").addEventListener("click", () => announcer.unblock());

// --- the line to the server ------------------------------------------------------------------

let tellNow;

function showLine(up) {
  board.classList.toggle("board--stale", !up);
  find("[data-lost]").hidden = up;
  find("[data-connected]").hidden = !up;
  if (up) refresh();
}

let fetching = false;
let again = false;

// One fetch at a time; what changes meanwhile is fetched right after.
async function refresh() {
  again = true;
  if (fetching) return;
  fetching = true;
  while (again) {
    again = false;
    await withPatience(fetchSnapshot, PATIENCE).catch(() => undefined); // the heartbeat tells the hall
  }
  fetching = false;
}

function hear({ version }) {
  told = version ?? told;
  refresh();
}

watch({ topics: ["hall"], version: Number(settings.version), onChange: hear });
setInterval(refresh, REFRESH);

// --- the clock, and a screen that stays awake ------------------------------------------------

const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
const zone = { timeZone: settings.zone };
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
const calendar = new Intl.DateTimeFormat(language, { dateStyle: "full", ...zone });

function showTime() {
  const now = Date.now() + ahead;
  find("[data-clock]").textContent = clock.format(now);
  find("[data-date]").textContent = calendar.format(now);
}

function stayAwake() {
  if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => undefined);
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
setInterval(showTime, 1000);
announceNew(board);
announcer.probe();
tellNow = startHeartbeat(settings.heartbeat, () => ({ sound: announcer.sound }), showLine);

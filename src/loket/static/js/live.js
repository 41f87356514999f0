// Keeps a screen fresh: tells it when something changed, and when the line to the office is dead.
//
//   watch({ topics: ["hall"], version: 12, onChange, onLine })
//
// topics    what the screen shows: "hall" for everybody, "devices" for staff
// version   the version the page was rendered at: a number, or { hall: 12, devices: 3 }
// onChange  ({ topic, version }) => fetch the fragment again; also called after a broken line is back
// onLine    (alive) => show or remove the notice that the screen may be old
//
// The stream carries no data, only "topic, version"; what the screen may see it fetches itself.

const SILENT_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

export function watch({ topics, version = {}, onChange, onLine = () => {}, url = streamAddress() }) {
  const shown = typeof version === "object" ? { ...version } : { [topics[0]]: version };
  let source = null;
  let alive = true;
  let broken = false;
  let failures = 0;
  let silence = 0;
  let telling = 0;
  let retry = 0;

  function open() {
    clearTimeout(retry);
    source?.close();
    const versions = topics.map((topic) => shown[topic] ?? "").join(",");
    source = new EventSource(`${url}?topics=${topics.join(",")}&version=${versions}`);
    source.addEventListener("ping", heard);
    source.addEventListener("changed", changed);
    source.addEventListener("error", lost);
    listenForSilence();
  }

  function heard() {
    failures = 0;
    listenForSilence();
    say(true);
    // Counted from the last word heard: attempts that find no line must not put the notice off.
    clearTimeout(telling);
    telling = setTimeout(() => say(false), SILENT_MS);
    if (broken) {
      // What was missed is unknown, and a fetch may have failed meanwhile: fetch everything again.
      broken = false;
      topics.forEach((topic) => onChange({ topic, version: shown[topic] }));
    }
  }

  function changed(event) {
    const news = JSON.parse(event.data);
    shown[news.topic] = news.version;
    heard();
    onChange(news);
  }

  function lost() {
    source.close();
    broken = true;
    // All screens lose the line at once; they must not come back at once.
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures += 1;
    clearTimeout(retry);
    retry = setTimeout(open, pause / 2 + Math.random() * pause);
  }

  function listenForSilence() {
    clearTimeout(silence);
    silence = setTimeout(lost, SILENT_MS);
  }

  function say(now) {
    if (now !== alive) {
      alive = now;
      onLine(alive);
    }
  }

  function wake() {
    // A phone that slept has an old page and a stream that died unnoticed.
    if (document.visibilityState === "visible" && broken) open();
  }

  function rest() {
    clearTimeout(silence);
    clearTimeout(telling);
    clearTimeout(retry);
    source.close();
    broken = true;
  }

  function wakeFromHistory(event) {
    if (event.persisted) open();
  }

  function stop() {
    rest();
    document.removeEventListener("visibilitychange", wake);
    removeEventListener("pagehide", rest);
    removeEventListener("pageshow", wakeFromHistory);
  }

  document.addEventListener("visibilitychange", wake);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", wakeFromHistory);
  telling = setTimeout(() => say(false), SILENT_MS);
  open();
  return stop;
}

function streamAddress() {
  return `/${location.pathname.split("/")[1]}/langsung`;
}

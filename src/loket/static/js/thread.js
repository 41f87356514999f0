// An answer appears without a reload; what is being typed stays under the fingers.
import { watch } from "./live.js";
import { inOrder, takePart } from "./page.js";

const thread = document.querySelector("[data-thread]");
const news = document.querySelector("[data-news]");
const ask = inOrder();

async function refresh() {
  try {
    const { page, status } = (await ask(location.href)) ?? {};
    if (status !== 200 || !page.querySelector("[data-thread]")) return;
    const said = takePart(page, "timeline");
    // The rest holds keys that differ each time: only news is a reason to change what can be pressed.
    if (takePart(page, "state") || said) {
      news.hidden = false;
      takePart(page, "acts");
      takePart(page, "rating");
      takeForm(page);
    }
    stale(false);
  } catch {
    stale(true);
  }
}

/** The form says what a message will do now; a half-written one is left alone. */
function takeForm(page) {
  const ours = document.querySelector("[data-compose]");
  const theirs = page.querySelector("[data-compose]");
  if (ours && theirs && !ours.querySelector("textarea").value) ours.replaceWith(theirs);
}

function stale(lost) {
  document.querySelector("[data-stale]").hidden = !lost;
}

const topic = `thread-${thread.dataset.thread}`;
watch({
  topics: [topic],
  version: { [topic]: Number(thread.dataset.version) },
  onChange: refresh,
  onLine: (alive) => (alive ? refresh() : stale(true)),
});

// Knows within ten seconds whether the server still answers. A cut cable closes no connection, so
// silence alone proves nothing: it asks.

const EVERY = 5000;
const PATIENCE = 4000;

// ask(signal) resolves when the server answered; changed(up) is told at the first answer and at each change.
// Returns a function that asks at once.
export function watchLine({ ask, changed }) {
  let up = null;
  let asking = false;
  let timer;

  function learn(answered) {
    if (answered === up) return;
    up = answered;
    changed(up);
  }

  async function beat() {
    if (asking) return;
    asking = true;
    clearTimeout(timer);
    learn(await answers(ask));
    asking = false;
    timer = setTimeout(beat, EVERY);
  }

  window.addEventListener("offline", () => learn(false));
  window.addEventListener("online", beat);
  beat();
  return beat;
}

async function answers(ask) {
  try {
    await withPatience(ask, PATIENCE);
    return true;
  } catch {
    return false;
  }
}

// Gives up after so many milliseconds; a request over a cut cable would otherwise hang for minutes.
export async function withPatience(ask, milliseconds) {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), milliseconds);
  try {
    return await ask(enough.signal);
  } finally {
    clearTimeout(timer);
  }
}

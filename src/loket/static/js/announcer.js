// Announcements one after the other: each is shown long enough and heard in full before the next.
// Sound helps, it is never a condition: whatever goes wrong with it, the number is shown all the same.

const SOUND = Object.freeze({
  unknown: "unknown", // nothing was played yet
  on: "on",
  blocked: "blocked", // the browser wants a press first
  broken: "broken", // no clip of the last announcement could be played
});

const LONGEST_CLIP = 10_000; // a clip whose end is never reported must not hold up the queue
const BETWEEN_CLIPS = 60;
const BETWEEN_TURNS = 600;

export class Announcer {
  #waiting = [];
  #running = false;
  #current = null;
  #sound = SOUND.unknown;
  #options;

  // show(call, waiting) draws the call that is announced now, show(null, []) that all were.
  // heard(sound) is told when the state of the sound changes.
  constructor({ show, heard, chime, repeat = 2, leastShown = 6000, play = playClip }) {
    this.#options = { show, heard, chime, repeat, leastShown, play };
  }

  get sound() {
    return this.#sound;
  }

  get busy() {
    return this.#running;
  }

  // A call is anything with `clips`, the addresses of its words in order.
  add(call) {
    this.#waiting.push(call);
    if (this.#running) this.#options.show(this.#current, [...this.#waiting]);
    else this.#run();
  }

  // A call that was taken back before its turn is not announced.
  keep(wanted) {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter(wanted);
    if (this.#waiting.length < before) this.#options.show(this.#current, [...this.#waiting]);
  }

  // Asks the browser, without a sound, whether it would let us speak.
  async probe() {
    await this.#clip(this.#options.chime, { volume: 0 });
  }

  // To be called from a press: that is what lifts the browser's block.
  async unblock() {
    await this.#clip(this.#options.chime);
    return this.#sound === SOUND.on;
  }

  async #run() {
    this.#running = true;
    while (this.#waiting.length > 0) {
      this.#current = this.#waiting.shift();
      this.#options.show(this.#current, [...this.#waiting]);
      await Promise.all([this.#speak(this.#current), pause(this.#options.leastShown)]);
    }
    this.#running = false;
    this.#current = null;
    this.#options.show(null, []);
  }

  async #speak(call) {
    const { chime, repeat } = this.#options;
    if (repeat === 0) return;
    let spoken = false;
    for (let turn = 0; turn < repeat; turn += 1) {
      if (turn > 0) await pause(BETWEEN_TURNS);
      for (const clip of turn === 0 ? [chime, ...call.clips] : call.clips) {
        const outcome = await this.#clip(clip);
        if (outcome === SOUND.blocked) return;
        spoken ||= outcome === SOUND.on;
        await pause(BETWEEN_CLIPS);
      }
    }
    if (!spoken) this.#hear(SOUND.broken);
  }

  // Plays one clip; a missing or damaged one is passed over, the next is tried.
  async #clip(address, settings) {
    try {
      await this.#options.play(address, settings);
      this.#hear(SOUND.on);
      return SOUND.on;
    } catch (reason) {
      if (reason.name !== "NotAllowedError") return SOUND.broken;
      this.#hear(SOUND.blocked);
      return SOUND.blocked;
    }
  }

  #hear(sound) {
    if (sound === this.#sound) return;
    this.#sound = sound;
    this.#options.heard(sound);
  }
}

function playClip(address, { volume = 1 } = {}) {
  return new Promise((ended, failed) => {
    const clip = new Audio(address);
    const late = setTimeout(() => failed(new DOMException("", "TimeoutError")), LONGEST_CLIP);
    const stop = (reason) => {
      clearTimeout(late);
      failed(reason);
    };
    clip.volume = volume;
    clip.addEventListener("ended", () => {
      clearTimeout(late);
      ended();
    });
    clip.addEventListener("error", () => stop(new DOMException("", "NotSupportedError")));
    clip.play().catch(stop);
  });
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

// Records one word and makes of it what the board plays: one channel, without the silence around it,
// as loud as the shipped clips. The result is a WAV file, which the server can check to the last byte.

const RATE = 22_050;
const LONGEST = 5000;
const EDGE = 0.03 * RATE; // samples left before and after the word
const SILENCE = 0.06; // of the loudest sample: quieter is not the word any more
const LOUDNESS = 10 ** (-19 / 20); // root mean square, as tools/make_sounds.py
const PEAK = 10 ** (-1.5 / 20);

// Starts to listen. `stop()` ends it, `word` resolves with a WAV blob, or null when nothing was heard.
export async function listen() {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  const recorder = new MediaRecorder(microphone);
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const ended = new Promise((done) => recorder.addEventListener("stop", done, { once: true }));
  recorder.start();
  const stop = () => recorder.state === "recording" && recorder.stop();
  const late = setTimeout(stop, LONGEST);
  const word = ended.then(() => {
    clearTimeout(late);
    for (const track of microphone.getTracks()) track.stop();
    return made(new Blob(parts));
  });
  return { stop, word };
}

export function canRecord() {
  return Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder && window.OfflineAudioContext);
}

async function made(blob) {
  const context = new OfflineAudioContext(1, 1, RATE); // decoding brings the sound to this rate
  const decoded = await context.decodeAudioData(await blob.arrayBuffer()).catch(() => null);
  const word = decoded && levelled(trimmed(decoded.getChannelData(0)));
  return word && new Blob([wav(word)], { type: "audio/wav" });
}

function trimmed(samples) {
  const loud = 0.01 + SILENCE * samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const first = samples.findIndex((sample) => Math.abs(sample) > loud);
  if (first < 0) return samples.subarray(0, 0);
  let last = samples.length - 1;
  while (Math.abs(samples[last]) <= loud) last -= 1;
  return samples.subarray(Math.max(0, first - EDGE), last + EDGE);
}

// Null when there is too little to be a word.
function levelled(samples) {
  if (samples.length < RATE / 8) return null;
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const most = samples.reduce((found, sample) => Math.max(found, Math.abs(sample)), 0);
  const gain = Math.min(LOUDNESS / Math.sqrt(power), PEAK / most);
  return samples.map((sample) => sample * gain);
}

function wav(samples) {
  const file = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const text = (at, word) => [...word].forEach((sign, n) => file.setUint8(at + n, sign.charCodeAt(0)));
  text(0, "RIFF");
  file.setUint32(4, 36 + 2 * samples.length, true);
  text(8, "WAVEfmt ");
  file.setUint32(16, 16, true); // length of what follows
  file.setUint16(20, 1, true); // samples as they are
  file.setUint16(22, 1, true); // one channel
  file.setUint32(24, RATE, true);
  file.setUint32(28, 2 * RATE, true); // bytes a second
  file.setUint16(32, 2, true); // bytes a sample
  file.setUint16(34, 16, true); // bits a sample
  text(36, "data");
  file.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, n) => file.setInt16(44 + 2 * n, sample * 32_767, true));
  return file;
}

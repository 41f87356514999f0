// "It is your turn" on a phone: two notes and a vibration. Browsers allow sound only after a tap,
// so the visitor agrees once; the tap opens the sound, the call uses it.

const NOTES = [659.25, 880];
const NOTE_SECONDS = 0.35;
const VIBRATION = [300, 150, 300, 150, 600];
let sound = null;

export function canRing() {
  return "AudioContext" in window || "vibrate" in navigator;
}

export function agree() {
  if ("AudioContext" in window) {
    sound = sound || new AudioContext();
    sound.resume();
  }
  navigator.vibrate?.(80);
}

export function ring() {
  navigator.vibrate?.(VIBRATION);
  if (!sound) return;
  for (let round = 0; round < 3; round += 1) NOTES.forEach((note, n) => play(note, round * 1.2 + n * NOTE_SECONDS));
}

function play(note, after) {
  const start = sound.currentTime + after;
  const tone = new OscillatorNode(sound, { type: "triangle", frequency: note });
  const volume = new GainNode(sound, { gain: 0 });
  volume.gain.linearRampToValueAtTime(0.6, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS);
  tone.connect(volume).connect(sound.destination);
  tone.start(start);
  tone.stop(start + NOTE_SECONDS);
}

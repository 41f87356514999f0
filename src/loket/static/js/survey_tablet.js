// The survey on the tablet: left alone, it goes back to where the tablet rests, empty.

import { startHeartbeat } from "./heartbeat.js";
import { rest } from "./tablet.js";

const { beat, rests } = document.body.dataset;

startHeartbeat(beat);

let left = setTimeout(rest, Number(rests) * 1000);
for (const touch of ["input", "pointerdown", "keydown", "scroll"]) {
  addEventListener(
    touch,
    () => {
      clearTimeout(left);
      left = setTimeout(rest, Number(rests) * 1000);
    },
    { passive: true },
  );
}

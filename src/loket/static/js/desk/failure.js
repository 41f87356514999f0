// The notice that a press was not taken.

/**
 * Whoever was only signed out sees by a refresh that the next press will be taken; that the program failed is
 * said until a press succeeds, whatever is refreshed meanwhile.
 */
export function failureNotice() {
  const notice = document.querySelector("[data-failed]");
  let lasting = false;
  return {
    /** Whether the press was taken, as its answer says. */
    pressed(taken, { status }) {
      notice.hidden = taken;
      lasting = !taken && (lasting || status >= 500);
      return taken;
    },
    refreshed(ours = true) {
      notice.hidden = ours && !lasting;
    },
  };
}

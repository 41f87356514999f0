// Says to the office's own log of searches what was looked at. `place` carries the signed search
// (data-searched) and where to say it (data-log); the answer is not waited for.

export function tellLog(place, opened = {}) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  const content = new URLSearchParams({ csrfmiddlewaretoken: token, searched: place.dataset.searched, ...opened });
  // keepalive: the page may be left by the same click.
  fetch(place.dataset.log, { method: "POST", body: content, keepalive: true }).catch(() => {});
}

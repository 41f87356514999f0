// A long form on somebody's own phone: it is sent without leaving the page, so that a line that breaks or a
// program that fails takes no word along. Pressing again is pressing once: the form carries its key.

import { fetchPage } from "./page.js";

const PATIENCE = 30_000;

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.closest("[data-steady]")) return;
  event.preventDefault();
  tell("");
  try {
    await send(form);
  } catch {
    tell("offline");
  }
  delete form.dataset.sending;
});

async function send(form) {
  const shownAt = new URL(form.action).pathname;
  const { page, status, url } = await fetchPage(form.action, {
    method: "POST",
    body: new FormData(form),
    patience: PATIENCE,
    shownAt,
  });
  if (new URL(url).pathname !== shownAt) location.assign(url);
  else if (status === 403 || status >= 500) tell("failed");
  else show(page);
}

/** What the form was answered with: what is missing, or why there is no number. */
function show(page) {
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    if (!document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(sheet.cloneNode());
  }
  document.title = page.title;
  document.getElementById("main").replaceWith(page.getElementById("main"));
  scrollTo(0, 0);
  document.querySelector("[data-error-summary]")?.focus();
}

function tell(what) {
  for (const notice of document.querySelectorAll("[data-steady] [data-trouble]")) {
    notice.hidden = notice.dataset.trouble !== what;
    if (!notice.hidden) notice.scrollIntoView({ block: "nearest" });
  }
}

// Whoever stands at a tablet cannot leave a browser's error page: each press and each way home is fetched first,
// and only an answer is shown. Without a line the tablet says so, keeps what was pressed and tries again by itself.

import { contentOf, fetchPage, NotConnected } from "./page.js";

const TRY_AGAIN = 2000;
const PATIENCE = 10_000;
const home = document.body.dataset.home;
let going = false;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.hash) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target: form, submitter } = event;
  go(form.action, { method: "POST", body: contentOf(form, submitter) });
});

/** Left alone: what was written leaves the screen, line or no line; what was sent goes on being sent. */
export function rest() {
  const main = document.getElementById("main");
  main.replaceChildren(main.querySelector("[data-offline]"), main.querySelector("h1"));
  go(home);
}

// One after the other: what was pressed first is not lost to a later press.
async function go(address, options) {
  if (going) return;
  going = true;
  try {
    await arrive(address, options);
  } catch {
    tellCut();
    setTimeout(again, TRY_AGAIN, address, options);
  }
}

function again(address, options) {
  going = false;
  go(address, options);
}

async function arrive(address, options) {
  const { page, status, url } = await fetchPage(address, { patience: PATIENCE, ...options });
  // A program that fails may be well again soon.
  if (status >= 500) throw new NotConnected();
  if (options && status === 422) showForm(page);
  // What was pressed is for nobody any more.
  else if (options && status >= 400) location.replace(home);
  else location.replace(url);
}

/** The form was answered with what is missing in it. */
function showForm(page) {
  document.getElementById("main").replaceWith(page.getElementById("main"));
  scrollTo(0, 0);
  document.querySelector("[data-error-summary]")?.focus();
  going = false;
}

function tellCut() {
  const notice = document.querySelector("[data-offline]");
  notice.hidden = false;
  notice.scrollIntoView({ block: "nearest" });
}

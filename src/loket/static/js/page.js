// Fetching one of our own pages and taking over the parts of it that changed.

import { withPatience } from "./line.js";

export class NotConnected extends Error {}

const NOWHERE = "-";

/**
 * The page at `url` as a document. What just happened is told once, by the next page that is made: that shall be
 * one that somebody reads. So a press (an `options.method`) says at which path its answer is `shownAt`; an answer
 * from elsewhere, and whatever is asked without a press, leaves the telling to the page that comes. Refuses NotConnected when the line or the server is gone, or did not answer within `patience` milliseconds:
 * a cut cable closes no connection, and a press would hang for minutes.
 */
export async function fetchPage(url, { patience, shownAt = location.pathname, ...options } = {}) {
  const headers = { "Loket-Shown-At": options.method ? shownAt : NOWHERE };
  const ask = async (signal) => {
    const answer = await fetch(url, { credentials: "same-origin", cache: "no-store", headers, signal, ...options });
    return { answer, text: await answer.text() };
  };
  const { answer, text } = await (patience ? withPatience(ask, patience) : ask()).catch(() => {
    throw new NotConnected();
  });
  if (answer.status >= 502) throw new NotConnected();
  const page = new DOMParser().parseFromString(text, "text/html");
  return { page, status: answer.status, url: answer.url };
}

/**
 * A fetchPage for what is asked again and again: null for an answer that a later one has overtaken, because it
 * shows what was before. A press (an `options.method`) overtakes all that was asked before it.
 */
export function inOrder() {
  let asked = 0;
  let answered = 0;
  return async (url, options = {}) => {
    const mine = ++asked;
    if (options.method) answered = mine;
    const answer = await fetchPage(url, options);
    if (mine < answered) return null;
    answered = mine;
    return answer;
  };
}

/**
 * Signed out, or without a right to this page any more: the page that says so comes instead of one that stands
 * still. Says whether it comes.
 */
export function leadsAway({ url, status }) {
  if (status !== 404 && new URL(url).pathname === location.pathname) return false;
  location.assign(url);
  return true;
}

/** What a form sends when it is pressed by `submitter`. */
export function contentOf(form, submitter) {
  const content = new FormData(form);
  if (submitter?.name) content.append(submitter.name, submitter.value);
  return content;
}

/** Put the part named `name` of `page` in place of ours; says whether anything was different. */
export function takePart(page, name) {
  const ours = document.querySelector(`[data-part="${name}"]`);
  const theirs = page.querySelector(`[data-part="${name}"]`);
  if (!ours || !theirs || ours.innerHTML === theirs.innerHTML) return false;
  ours.innerHTML = theirs.innerHTML;
  return true;
}

/** A sign-in elsewhere makes the forms of an older page worthless: they take the token of a fresh one. */
export function takeToken(page) {
  const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
  if (fresh) for (const field of document.getElementsByName(fresh.name)) field.value = fresh.value;
}

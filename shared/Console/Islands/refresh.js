// Parts with data-refresh="5" and an id show every five seconds what the server says, without a new page.
const fields = "a[href], button, input, select, textarea, summary, [tabindex]";
const fieldsOf = part => [...part.querySelectorAll(fields)];

const parts = () =>
  [...document.querySelectorAll("[data-refresh][id]")].filter(part => Number(part.dataset.refresh) > 0);

/** Goes on until no part asks for it any more, or the server no longer shows the page. */
export function keepFresh(enhance) {
  let timer = 0, isAsking = false;

  function plan() {
    clearTimeout(timer);
    const seconds = Math.min(...parts().map(part => Number(part.dataset.refresh)));
    if (!document.hidden && Number.isFinite(seconds)) timer = setTimeout(ask, seconds * 1000);
  }

  async function ask() {
    if (isAsking) return;
    isAsking = true;
    let goesOn = true;
    try {
      const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
      // Signed out, or gone: this page stays as it is. A server that starts anew is asked again.
      goesOn = !answer.redirected && (answer.ok || answer.status >= 500);
      if (goesOn && answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"), enhance);
    } catch {
      // No answer: asked again.
    } finally {
      isAsking = false;
      if (goesOn) plan();
    }
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden && parts().length > 0) ask();
  });
  plan();
}

function show(page, enhance) {
  for (const part of parts()) {
    const fresh = page.getElementById(part.id);
    const at = fieldsOf(part).indexOf(document.activeElement);
    // Somebody writes here, or is being asked about something here.
    if (at >= 0 && document.activeElement.matches("input, select, textarea")) continue;
    if (part.querySelector("details.ask[open]") || document.querySelector("dialog[open]")) continue;
    if (!fresh) {
      part.removeAttribute("data-refresh");
      continue;
    }
    for (const name of part.getAttributeNames()) if (!fresh.hasAttribute(name)) part.removeAttribute(name);
    for (const { name, value } of fresh.attributes)
      if (part.getAttribute(name) !== value) part.setAttribute(name, value);
    part.replaceChildren(...fresh.childNodes);
    enhance(part);
    if (at >= 0) fieldsOf(part)[at]?.focus({ preventScroll: true });
  }
}

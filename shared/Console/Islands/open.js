// Folded parts stay as they were left, in this tab: also after a form was sent and the page came again.
const key = details =>
  `open:${location.pathname}:${details.id || details.querySelector("summary")?.textContent.trim()}`;

// A tab that keeps nothing (a browser's setting) is no reason to stop.
const stored = act => { try { return act(sessionStorage); } catch { return null; } };

/** Opens and folds what was opened or folded here before. */
export function rememberOpen(root) {
  for (const details of root.querySelectorAll("details:not(.ask)")) {
    const was = stored(memory => memory.getItem(key(details)));
    if (was !== null) details.open = was === "yes";
  }
}

// Only what somebody does is remembered, not what the server opened. A click, also by keyboard, precedes the change.
document.addEventListener("click", event => {
  const details = event.target.closest?.("summary")?.parentElement;
  if (!event.defaultPrevented && details?.matches("details:not(.ask)"))
    stored(memory => memory.setItem(key(details), details.open ? "no" : "yes"));
});

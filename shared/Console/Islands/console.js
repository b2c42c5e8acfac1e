// What makes pages that already work better. Each part finds what it is for by an attribute of the page.
import { askFirst } from "./confirm.js";
import { keepFresh } from "./refresh.js";
import { rememberOpen } from "./open.js";

/** Where the page says other scripts and schemas lie: their names carry the hash of their content. */
const addresses = document.querySelector("script[data-editor-src]")?.dataset;

function enhance(root) {
  askFirst(root);
  rememberOpen(root);
}

enhance(document);
keepFresh(enhance);

const areas = document.querySelectorAll("textarea[data-editor]");
if (areas.length > 0 && addresses) {
  const { open } = await import(addresses.editorSrc);
  for (const area of areas) open(area, addresses.schemas ?? "");
}

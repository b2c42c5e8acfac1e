// An editor over a textarea. The textarea stays what is posted, and stays in sight where the editor cannot be had.
import {
  acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json, jsonLanguage } from "@codemirror/lang-json";
import { markdown } from "@codemirror/lang-markdown";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { complete, explain } from "./assist.js";
import { look, outside } from "./look.js";
import { phrases } from "./phrases.js";
import { leadTo, linksFor, problems } from "./problems.js";
import { say } from "./words.js";

let opened = 0;

/** `schemas`: name=address, parted by spaces. */
export async function open(area, schemas) {
  // Styles reach a shadow root as objects, which the page's policy allows; as elements it refuses them.
  if (!("adoptedStyleSheets" in Document.prototype)) return;
  const links = linksFor(area, opened++ === 0);
  const isJson = area.dataset.editor === "json";
  const schema = await schemaOf(area.dataset.schema, schemas);
  const host = document.createElement("div");
  host.className = "editor";
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [outside()];
  const hint = Object.assign(document.createElement("p"), {
    id: "hint", textContent: say("Tabで字下げ。Esc、Tabの順に押すと次へ移ります。", "Tab indents; Escape, then Tab moves on."),
  });
  const view = new EditorView({
    root: shadow, parent: shadow, doc: area.value,
    extensions: [
      basics(), look, labelled(area), problems(links, isJson),
      isJson ? [json(), bracketMatching(), closeBrackets()] : [markdown(), EditorView.lineWrapping],
      schema ? [jsonLanguage.data.of({ autocomplete: complete(schema) }), explain(schema)] : [],
      EditorState.readOnly.of(area.readOnly || area.disabled),
      EditorView.updateListener.of(update => { if (update.docChanged) area.value = update.state.doc.toString(); }),
    ],
  });
  hint.hidden = area.readOnly;
  shadow.append(hint, described(area));
  area.after(host);
  const hadFocus = document.activeElement === area;
  area.hidden = true;
  // What nobody sees cannot be complained about; the server does.
  area.required = false;
  for (const label of area.labels) label.addEventListener("click", () => view.focus());
  area.form?.addEventListener("reset", () => queueMicrotask(() =>
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value } })));
  leadTo(view, host, links);
  if (hadFocus || area.autofocus) view.focus();
}

async function schemaOf(name, addresses) {
  const address = addresses.split(" ").find(one => name && one.startsWith(`${name}=`))?.slice(name.length + 1);
  if (!address) return null;
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // An editor without suggestions.
  }
}

const basics = () => [
  lineNumbers(), codeFolding(), foldGutter(), lintGutter(), history(), indentOnInput(), highlightActiveLine(),
  highlightSpecialChars(), search({ top: true }), autocompletion({ icons: false }),
  EditorState.tabSize.of(2), indentUnit.of("  "), EditorState.phrases.of(phrases),
  keymap.of([
    { key: "Tab", run: acceptCompletion }, ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap,
    ...foldKeymap, ...completionKeymap, ...lintKeymap, indentWithTab,
  ]),
];

/** What describes the textarea, said of the editor too: ids do not reach into a shadow root either. */
function described(area) {
  const texts = (area.getAttribute("aria-describedby") ?? "").split(" ")
    .map(id => id && document.getElementById(id)?.textContent.trim()).filter(Boolean);
  return Object.assign(document.createElement("p"), { id: "about", hidden: true, textContent: texts.join(" ") });
}

/** Labels do not reach into a shadow root: their words do. */
const labelled = area => EditorView.contentAttributes.of({
  "aria-label": area.getAttribute("aria-label")
    || [...area.labels].map(label => label.textContent.trim()).join(" ") || area.name,
  "aria-describedby": "about hint",
  ...area.getAttribute("aria-invalid") === "true" ? { "aria-invalid": "true" } : {},
  ...area.lang ? { lang: area.lang } : {},
  spellcheck: area.spellcheck && area.dataset.editor === "markdown" ? "true" : "false",
});

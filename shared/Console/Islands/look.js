// How the editor looks: the colours of console.css, which follow light and dark by themselves.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const button = {
  font: "inherit", background: "var(--paper)", backgroundImage: "none", color: "var(--text)",
  border: "1px solid var(--line-strong)", borderRadius: "6px", padding: "3px 10px", cursor: "pointer",
};

const theme = EditorView.theme({
  "&": {
    color: "var(--text)", backgroundColor: "var(--paper)", border: "1px solid var(--line-strong)", borderRadius: "6px",
    maxHeight: "80vh", fontSize: "13.5px",
  },
  "&.cm-focused": { outline: "3px solid var(--s3)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content, .cm-gutter": { minHeight: "22em" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sunk) 60%, transparent)" },
  ".cm-foldGutter span": { cursor: "pointer" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--sunk)", color: "var(--soft)", border: "1px solid var(--line)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-ground)", outline: "1px solid var(--line-strong)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-ground)" },
  ".cm-searchMatch": { backgroundColor: "var(--warn-ground)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--accent-ground)", outline: "2px solid var(--s3)" },
  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--text)", fontFamily: "var(--sans)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-textfield": {
    font: "inherit", backgroundColor: "var(--paper)", color: "var(--text)", border: "1px solid var(--line-strong)",
    borderRadius: "6px", padding: "3px 8px",
  },
  ".cm-button": button,
  ".cm-panel.cm-search [name=close]": { color: "var(--text)", cursor: "pointer" },
  ".cm-tooltip": {
    backgroundColor: "var(--paper)", color: "var(--text)", border: "1px solid var(--line-strong)", borderRadius: "6px",
    boxShadow: "0 8px 24px rgb(0 0 0 / .18)", fontFamily: "var(--sans)", maxWidth: "32em",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)", color: "var(--on-accent)",
  },
  ".cm-about": { padding: "8px 12px" },
  ".cm-about p": { margin: "0" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--link)" },
  { tag: [tags.string, tags.url], color: "var(--good)" },
  { tag: [tags.number, tags.bool, tags.null, tags.processingInstruction, tags.labelName], color: "var(--warn)" },
  { tag: [tags.comment, tags.separator, tags.punctuation, tags.meta, tags.quote], color: "var(--soft)" },
  { tag: tags.heading, fontWeight: "650", color: "var(--text)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.tagName, tags.attributeName], color: "var(--link)" },
  { tag: tags.monospace, color: "var(--warn)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

export const look = [theme, syntaxHighlighting(colours)];

/** Of what stands beside the editor in its shadow root. */
export function outside() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("#hint { color: var(--soft); font-size: .85em; margin: 4px 0 0; }");
  return sheet;
}

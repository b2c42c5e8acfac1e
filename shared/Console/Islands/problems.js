// What the server said of a file, at its lines, until somebody writes there; and what is no JSON at all, as one writes.
import { jsonParseLinter } from "@codemirror/lang-json";
import { linter } from "@codemirror/lint";
import { StateField } from "@codemirror/state";

const link = 'a[href^="#line-"]';
const lineOf = anchor => Number(anchor.hash.slice("#line-".length));

/** The list's entries; a list for another field says so by data-for on something around it. */
export function linksFor(area, isFirst) {
  return [...document.querySelectorAll(link)].filter(anchor => {
    const meant = anchor.closest("[data-for]")?.dataset.for;
    return meant ? meant === area.id : isFirst;
  });
}

export function problems(links, isJson) {
  const field = StateField.define({
    create: state => links.flatMap(anchor => {
      const number = lineOf(anchor);
      if (!(number >= 1 && number <= state.doc.lines)) return [];
      const { from, to, text } = state.doc.line(number);
      const words = (anchor.closest("li") ?? anchor).textContent.replace(anchor.textContent, "");
      const message = words.replace(/^[\s::]+/, "").trim();
      return [{ from: from + text.length - text.trimStart().length, to, severity: "error", message }];
    }),
    update: (all, change) => !change.docChanged ? all : all
      .filter(one => !change.changes.touchesRange(one.from, one.to))
      .map(one => ({ ...one, from: change.changes.mapPos(one.from, 1), to: change.changes.mapPos(one.to, -1) })),
  });
  const parse = jsonParseLinter();
  return [field, linter(view => [
    ...view.state.field(field), ...isJson && view.state.doc.length > 0 ? parse(view) : [],
  ], { delay: 300 })];
}

/** A link to a line leads into the editor. */
export function leadTo(view, host, links) {
  const jump = number => {
    const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
    view.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
    host.scrollIntoView({ block: "nearest" });
    view.focus();
  };
  for (const anchor of links)
    anchor.addEventListener("click", event => {
      event.preventDefault();
      jump(lineOf(anchor));
    });
  const asked = /^#line-(\d+)$/.exec(location.hash);
  if (asked) jump(Number(asked[1]));
}

// Completion and hover from a schema.
import { hoverTooltip } from "@codemirror/view";
import { syntaxTree } from "@codemirror/language";
import { aboutOf, propertiesOf, schemasAt, valuesOf } from "./schema.js";
import { membersOf, pathTo, placeAt } from "./places.js";
import { say } from "./words.js";

/** Properties that may stand here, or values; the needed ones first. */
export function complete(root) {
  return context => {
    const place = placeAt(context.state, context.pos);
    if (!place || (!context.explicit && place.from === context.pos)) return null;
    const all = place.kind === "name" ? names(root, context.state, place) : values(root, place);
    // CodeMirror's own choice would take the quotes for what somebody looks for.
    const typed = context.state.sliceDoc(place.from, context.pos).replaceAll('"', "").toLowerCase();
    const options = all.filter(one => plain(one).includes(typed)).sort((one, other) =>
      plain(other).startsWith(typed) - plain(one).startsWith(typed) || !!other.detail - !!one.detail);
    return options.length > 0 ? { from: place.from, to: place.to, options, filter: false } : null;
  };
}

const plain = option => option.label.replaceAll('"', "").toLowerCase();

function names(root, state, { object, from }) {
  const members = membersOf(state, object);
  const here = object.getChildren("Property").find(one => one.from === from)?.getChild("PropertyName");
  return propertiesOf(root, schemasAt(root, pathTo(state, object), members))
    .filter(one => !(one.name in members) || (here && state.sliceDoc(here.from, here.to) === JSON.stringify(one.name)))
    .map(one => ({
      label: JSON.stringify(one.name), displayLabel: one.name, type: "property", info: one.about || undefined,
      detail: one.isNeeded ? say("必須", "needed") : undefined, apply: writeName(one),
    }));
}

/** The name, and how its value begins; where a value stands already, the name alone. */
const writeName = ({ name, begins }) => (view, _, from, to) => {
  const hasValue = /^\s*:/.test(view.state.sliceDoc(to, to + 50));
  const start = JSON.stringify(name) + (hasValue ? "" : `: ${begins[0]}`);
  view.dispatch({
    changes: { from, to, insert: start + (hasValue ? "" : begins[1]) },
    selection: { anchor: from + start.length }, userEvent: "input.complete",
  });
};

function values(root, { path }) {
  const schemas = schemasAt(root, path);
  return valuesOf(schemas).map(value => ({ label: value, type: "constant", info: aboutOf(schemas) || undefined }));
}

/** What the property under the pointer is for, and what it may be. */
export const explain = root => hoverTooltip((view, position, side) => {
  const node = syntaxTree(view.state).resolveInner(position, side);
  const property = ["String", "PropertyName", "Number", "True", "False"].includes(node.name) ? node.parent : null;
  if (!property || !["Property", "Array"].includes(property.name)) return null;
  const schemas = schemasAt(root, pathTo(view.state, property.name === "Property" ? property : node));
  const [about, choice] = [aboutOf(schemas), valuesOf(schemas)];
  if (!about && choice.length === 0) return null;
  return {
    pos: node.from, end: node.to, above: true,
    create() {
      const dom = document.createElement("div");
      dom.className = "cm-about";
      for (const text of [about, choice.length > 0 ? choice.slice(0, 20).join("  ") : ""].filter(Boolean))
        dom.append(Object.assign(document.createElement("p"), { textContent: text }));
      return { dom };
    },
  };
});

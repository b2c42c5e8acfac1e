// Where the cursor stands in a JSON file: the way from the outermost value to it, also while the file is half written.
import { syntaxTree } from "@codemirror/language";

const isValue = node => ["Object", "Array", "String", "Number", "True", "False", "Null"].includes(node.name);

export const textOf = (state, node) => {
  const text = state.sliceDoc(node.from, node.to);
  try { return JSON.parse(text); } catch { return text.replace(/^"|"$/g, ""); }
};

const nameOf = (state, property) => {
  const name = property.getChild("PropertyName");
  return name ? textOf(state, name) : "";
};

/** An object's properties as far as they are plain values. */
export function membersOf(state, object) {
  const members = {};
  for (const property of object.getChildren("Property")) {
    const value = property.lastChild;
    members[nameOf(state, property)] =
      value && isValue(value) && !["Object", "Array"].includes(value.name) ? textOf(state, value) : undefined;
  }
  return members;
}

/** The way to a node: a value, a property (its value is meant) or an array's item. */
export function pathTo(state, node) {
  const path = [];
  for (let at = node; at; at = at.parent) {
    if (at.name === "Property")
      path.unshift({ members: membersOf(state, at.parent), property: nameOf(state, at) });
    else if (at.parent?.name === "Array" && isValue(at)) path.unshift({ item: true });
  }
  return path;
}

/**
 * What is to be written at a position: `{ kind: "name", object }` or `{ kind: "value", path }`, and from where to where
 * what stands there is replaced; null: nothing.
 */
export function placeAt(state, position) {
  const inner = syntaxTree(state).resolveInner(position, -1);
  const isText = ["String", "PropertyName"].includes(inner.name) && position > inner.from;
  const isWhole = isText && inner.to > position;
  const word = isWhole ? null : /"?[\w.$-]*$/.exec(state.sliceDoc(Math.max(0, position - 200), position))[0];
  if (isText && !isWhole) return null;
  const from = isWhole ? inner.from : position - word.length;
  const range = { from, to: isWhole ? inner.to : position };

  let around = inner;
  while (around && !["Object", "Array"].includes(around.name)) around = around.parent;
  // On the bracket that closes it, one is outside.
  if (around && around === inner.parent && /^[}\]]$/.test(inner.name)) around = around.parent;
  while (around && !["Object", "Array"].includes(around.name)) around = around.parent;
  if (!around) return null;
  const before = /(\S)\s*$/.exec(state.sliceDoc(around.from, from))?.[1];
  if (around.name === "Array")
    return /[[,]/.test(before) ? { kind: "value", path: [...pathTo(state, around), { item: true }], ...range } : null;
  if (before === "{" || before === ",") return { kind: "name", object: around, ...range };
  if (before !== ":") return null;
  const property = around.getChildren("Property").findLast(one => one.from < from);
  return property ? { kind: "value", path: pathTo(state, property), ...range } : null;
}

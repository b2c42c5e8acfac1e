// What a schema of ours says of a place in a file. It knows what our schemas use, which are made by our program
// (draft 7: $ref, allOf, anyOf, if/then on a property's value), and nothing more.

/** The schemas that hold for one value, taken apart; `members`: the value's properties, where it is an object. */
function apart(root, schema, members, into = []) {
  if (!schema || typeof schema !== "object") return into;
  if (schema.$ref) {
    const meant = schema.$ref.split("/").slice(1).reduce((at, key) => at?.[key], root);
    return apart(root, meant, members, into);
  }
  into.push(schema);
  for (const part of [...schema.allOf ?? [], ...schema.anyOf ?? [], ...schema.oneOf ?? []])
    apart(root, part, members, into);
  if (schema.if && holds(schema.if, members)) apart(root, schema.then, members, into);
  return into;
}

/** Only once the property is there: before, every case would be offered. */
function holds(condition, members) {
  return Object.entries(condition.properties ?? {}).every(([name, value]) => members[name] === value.const);
}

function ofProperty(schema, name) {
  if (schema.properties?.[name]) return schema.properties[name];
  const pattern = Object.keys(schema.patternProperties ?? {}).find(one => new RegExp(one, "u").test(name));
  return pattern ? schema.patternProperties[pattern] : schema.additionalProperties;
}

/** The schemas of a place: `path` leads there, outermost first: { members, property } or { item: true }. */
export function schemasAt(root, path, members = {}) {
  let here = [root];
  for (const step of path) {
    here = here.flatMap(schema => apart(root, schema, step.members ?? {}))
      .map(schema => step.item ? schema.items : ofProperty(schema, step.property));
  }
  return here.flatMap(schema => apart(root, schema, members));
}

/** What may stand in an object: name, what it is for, whether it has to be there, how a value of it begins. */
export function propertiesOf(root, schemas) {
  const found = new Map();
  for (const schema of schemas)
    for (const [name, value] of Object.entries(schema.properties ?? {})) {
      const all = apart(root, value, {});
      found.set(name, {
        name, about: found.get(name)?.about || aboutOf(all), begins: beginOf(all),
        isNeeded: (schema.required?.includes(name) ?? false) || (found.get(name)?.isNeeded ?? false),
      });
    }
  return [...found.values()];
}

export function valuesOf(schemas) {
  const values = schemas.flatMap(schema => [
    ...schema.enum ?? [], ..."const" in schema ? [schema.const] : [],
    ...schema.type === "boolean" ? [true, false] : [], ...schema.examples ?? [],
  ]);
  return [...new Set(values.map(value => JSON.stringify(value)))];
}

export const aboutOf = schemas => schemas.find(schema => schema.description)?.description ?? "";

function beginOf(schemas) {
  const types = schemas.map(schema => schema.type);
  if (types.includes("object")) return ["{ ", " }"];
  if (types.includes("array")) return ["[ ", " ]"];
  if (types.includes("boolean") || types.includes("integer") || types.includes("number")) return ["", ""];
  return ['"', '"'];
}

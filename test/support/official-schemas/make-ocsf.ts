import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/**
 * Makes a JSON Schema of OCSF's Compliance Finding out of a checkout of https://github.com/ocsf/ocsf-schema, as OCSF's
 * own server exports it: classes and objects with what they extend and include, the chosen profiles, enumerations, types
 * and constraints. Usage: node scripts/run-ts.mjs test/support/official-schemas/make-ocsf.ts CHECKOUT
 */
const tag = '1.6.0';
const chosenProfiles: readonly string[] = ['cloud'];
const [checkout = ''] = process.argv.slice(2);

interface Attribute {
  readonly type?: string;
  readonly is_array?: boolean;
  readonly enum?: Readonly<Record<string, unknown>>;
  readonly requirement?: string;
  readonly profile?: string | null;
}
interface Definition {
  readonly name: string;
  readonly extends?: string;
  readonly uid?: number;
  readonly meta?: string;
  readonly attributes: Readonly<Record<string, Attribute>> & { readonly $include?: readonly string[] };
  readonly constraints?: { readonly at_least_one?: readonly string[]; readonly just_one?: readonly string[] };
}
interface Type {
  readonly type?: string;
  readonly regex?: string;
  readonly max_len?: number;
  readonly range?: readonly [number, number];
}

function read(path: string): unknown {
  return JSON.parse(execFileSync('git', ['-C', checkout, 'show', `${tag}:${path}`], { encoding: 'utf8' }));
}

const files = execFileSync('git', ['-C', checkout, 'ls-tree', '-r', '--name-only', tag], { encoding: 'utf8' }).split(
  '\n',
);
const definitions = new Map<string, Definition>();
for (const file of files.filter((it) => /^(?:events|objects)\/.*\.json$/.test(it))) {
  const definition = read(file) as Definition;
  definitions.set(`${file.startsWith('events') ? 'event' : 'object'}:${definition.name}`, definition);
}
const dictionary = read('dictionary.json') as {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly types: { readonly attributes: Readonly<Record<string, Type>> };
};

/** The attributes of a class or object with all that it extends and includes; what a profile brings only where chosen. */
function attributesOf(kind: string, name: string): Map<string, Attribute> {
  const definition = definitions.get(`${kind}:${name}`);
  if (definition === undefined) throw new Error(`no ${kind} ${name}`);
  const all = definition.extends === undefined ? new Map<string, Attribute>() : attributesOf(kind, definition.extends);
  const { $include: includes = [], ...own } = definition.attributes;
  const add = (attributes: Readonly<Record<string, Attribute>>, profile?: string) => {
    for (const [key, attribute] of Object.entries(attributes)) {
      if (key === '$include') continue;
      all.set(key, { ...all.get(key), ...(profile === undefined ? {} : { profile }), ...attribute });
    }
  };
  for (const file of includes) {
    const profile = read(file) as Definition;
    add(profile.attributes, profile.name);
  }
  add(own);
  for (const [key, { profile }] of all) {
    if (typeof profile === 'string' && !chosenProfiles.includes(profile)) all.delete(key);
  }
  return all;
}

function constraintsOf(kind: string, name: string): Definition['constraints'] {
  const definition = definitions.get(`${kind}:${name}`);
  if (definition?.constraints !== undefined) return definition.constraints;
  return definition?.extends === undefined ? undefined : constraintsOf(kind, definition.extends);
}

const $defs: Record<string, unknown> = {};

function schemaOf(kind: string, name: string): object {
  const attributes = [...attributesOf(kind, name)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const constraints = constraintsOf(kind, name);
  const needs = (keys: readonly string[] = []) => keys.map((key) => ({ required: [key] }));
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(attributes.map(([key, attribute]) => [key, valueOf(key, attribute)])),
    required: attributes.filter(([, it]) => it.requirement === 'required').map(([key]) => key),
    ...(constraints?.at_least_one === undefined ? {} : { anyOf: needs(constraints.at_least_one) }),
    ...(constraints?.just_one === undefined ? {} : { oneOf: needs(constraints.just_one) }),
  };
}

function valueOf(key: string, attribute: Attribute): object {
  const known = dictionary.attributes[key];
  const type = attribute.type ?? known?.type;
  if (type === undefined) throw new Error(`no type of ${key}`);
  const values = { ...known?.enum, ...attribute.enum };
  const scalar = scalarOf(type);
  const isWhole = typeOf(type) === 'integer_t' || typeOf(type) === 'long_t';
  const item =
    Object.keys(values).length === 0
      ? scalar
      : { ...scalar, enum: Object.keys(values).map((it) => (isWhole ? Number(it) : it)) };
  return (attribute.is_array ?? known?.is_array) === true ? { type: 'array', items: item } : item;
}

function typeOf(name: string): string {
  return dictionary.types.attributes[name]?.type ?? name;
}

function scalarOf(name: string): object {
  const type = dictionary.types.attributes[name];
  if (type === undefined) {
    if (name === 'object') return { type: 'object' };
    if (!(name in $defs)) {
      $defs[name] = true;
      $defs[name] = schemaOf('object', name);
    }
    return { $ref: `#/$defs/${name}` };
  }
  const limits = {
    ...(type.regex === undefined ? {} : { pattern: type.regex }),
    ...(type.max_len === undefined ? {} : { maxLength: type.max_len }),
    ...(type.range === undefined ? {} : { minimum: type.range[0], maximum: type.range[1] }),
  };
  switch (typeOf(name)) {
    case 'boolean_t':
      return { type: 'boolean' };
    case 'float_t':
      return { type: 'number', ...limits };
    case 'integer_t':
    case 'long_t':
      return { type: 'integer', ...limits };
    case 'json_t':
      return {};
    default:
      return { type: 'string', ...limits };
  }
}

const root = schemaOf('event', 'compliance_finding') as { readonly properties: Record<string, object> };
// What the server fills in for a class: category 2 (Findings), class 3 of it, and a type for each activity.
const activities = (root.properties['activity_id'] as { readonly enum: readonly number[] }).enum;
root.properties['category_uid'] = { type: 'integer', const: 2 };
root.properties['class_uid'] = { type: 'integer', const: 2003 };
root.properties['type_uid'] = { type: 'integer', enum: activities.map((it) => 200_300 + it) };
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $comment: `Generated from github.com/ocsf/ocsf-schema ${tag} by make-ocsf.ts, profiles: ${chosenProfiles.join(', ')}`,
  ...root,
  $defs: Object.fromEntries(Object.entries($defs).toSorted(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(`test/support/official-schemas/ocsf-${tag}-compliance-finding.json`, `${JSON.stringify(schema)}\n`);

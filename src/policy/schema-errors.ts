import type { ErrorObject } from '../json-schema.js';
import { type Diagnostic } from './diagnostic.js';
import { closest, suggestion } from '../expression/index.js';
import { meantKey } from './meant-key.js';
import { describeType, show } from './schema-types.js';
import { at, type Remark } from './yaml/source.js';
import type { Path, YamlFile } from './yaml/yaml-file.js';
import { byText } from '../text/order.js';
import { outcomes } from '../text/order.js';

/** The errors of a schema check in words of ours, at their places: one mistake, one message. */
export function describeSchemaErrors(yaml: YamlFile, errors: readonly ErrorObject[]): readonly Diagnostic[] {
  const byPlace = new Map<string, ErrorObject[]>();
  for (const error of withoutEchoes(errors)) {
    const here = byPlace.get(error.instancePath);
    if (here === undefined) byPlace.set(error.instancePath, [error]);
    else here.push(error);
  }
  return [...byPlace.values()].flatMap((here) => describeHere(yaml, here));
}

/** `if` and `propertyNames` tell that something failed, beside what it was. */
function withoutEchoes(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  return errors.filter((it) => it.keyword !== 'if' && it.keyword !== 'propertyNames');
}

/** What is said of one value. A key that is missing and one too many that looks like it are one mistake. */
function describeHere(yaml: YamlFile, errors: readonly ErrorObject[]): readonly Diagnostic[] {
  const missing = new Set(errors.flatMap((it) => textParam(it, 'missingProperty') ?? []));
  const found: Diagnostic[] = [];
  for (const error of errors) {
    const unknown = textParam(error, 'additionalProperty');
    if (unknown === undefined) continue;
    const path = pathOf(error);
    const meant = meantKey(unknown, missing) ?? closest(unknown, keysOf(error));
    if (meant !== undefined) missing.delete(meant);
    const help = unknownKeyHelp(error, unknown, meant);
    found.push(
      at(yaml.source, yaml.keyRange([...path, unknown]), {
        code: 'unknown-key',
        message: `unknown key '${unknown}'`,
        help,
      }),
    );
  }
  // What is not among the values allowed need not be told to be of another type as well.
  const isOutsideEnum = errors.some((it) => it.keyword === 'enum');
  for (const error of errors) {
    if (textParam(error, 'additionalProperty') !== undefined) continue;
    if (isOutsideEnum && error.keyword === 'type') continue;
    const property = textParam(error, 'missingProperty');
    if (property !== undefined && !missing.has(property)) continue;
    const path = pathOf(error);
    const range = error.propertyName === undefined ? yaml.rangeOf(path) : yaml.keyRange([...path, error.propertyName]);
    found.push(at(yaml.source, range, describe(yaml, error, path)));
  }
  return found;
}

/** What the key that is missing says, by its schema. */
function missingHelp(error: ErrorObject, missing: string): string | undefined {
  const properties: unknown = error.parentSchema?.['properties'];
  const property: unknown = Object(properties)[missing];
  const description: unknown = Object(property).description;
  return typeof description === 'string' ? `${missing}: ${description}` : undefined;
}

function unknownKeyHelp(error: ErrorObject, unknown: string, meant: string | undefined): string | undefined {
  if (meant !== undefined) return `did you mean '${meant}'?`;
  // In `{ description: one, two }` YAML reads a key `two` without a value.
  const owner: unknown = error.data;
  const isEmpty = typeof owner === 'object' && owner !== null && Reflect.get(owner, unknown) === null;
  if (isEmpty) return 'inside { … } a comma ends a value: quote the value before it';
  return suggestion(unknown, keysOf(error), 'known keys');
}

function describe(yaml: YamlFile, error: ErrorObject, path: Path): Remark {
  const name = nameOf(path);
  switch (error.keyword) {
    case 'required': {
      const owner = path.length === 0 ? '' : ` in ${name}`;
      const missing = textParam(error, 'missingProperty') ?? '';
      return { code: 'missing-key', message: `'${missing}' is missing${owner}`, help: missingHelp(error, missing) };
    }
    case 'false schema': {
      return describeMisplaced(name);
    }
    case 'type': {
      if (path[0] === 'assert' && (path.length === 1 || (path.length === 2 && typeof error.data === 'string'))) {
        const help = 'put each assertion behind a hyphen: - id: …, then expr: and message: below its id';
        return { ...describeType(name, error, yaml.writtenAt(path)), help };
      }
      return describeType(name, error, yaml.writtenAt(path));
    }
    case 'enum': {
      return describeEnum(error, name);
    }
    case 'const': {
      return describeConst(error, name);
    }
    case 'pattern': {
      return describePattern(error, name);
    }
    case 'minLength':
    case 'minItems': {
      const isText = error.keyword === 'minLength';
      if (Number(error.schema) > 1) {
        const unit = isText ? 'characters' : 'members';
        return { code: 'too-short', message: `${name} must have at least ${String(error.schema)} ${unit}` };
      }
      return { code: 'empty', message: `${name} must not be empty`, help: isText ? undefined : 'name at least one' };
    }
    case 'minProperties': {
      return { code: 'empty', message: `${name} must not be empty`, help: suggestion('', keysOf(error), 'keys') };
    }
    case 'uniqueItems': {
      return { code: 'duplicate', message: `${name} names the same thing twice`, help: 'remove one' };
    }
    case 'maxLength': {
      return { code: 'too-long', message: `${name} is longer than ${String(error.schema)} characters` };
    }
    case 'format': {
      return describeFormat(error, name);
    }
    default: {
      return { code: 'schema', message: `${name} ${error.message ?? 'is wrong'}` };
    }
  }
}

/** A key of another kind of policy. */
function describeMisplaced(name: string): Remark {
  const isOfActivity = name === "'message'" || name === "'incident'";
  const help = isOfActivity ? "it belongs to an activity policy, beside 'activity'" : 'an activity policy has none';
  return { code: 'unknown-key', message: `${name} has no place here`, help };
}

function describeEnum(error: ErrorObject, name: string): Remark {
  // The keyword's value is a list in every schema.
  const allowed = (error.schema as readonly unknown[]).map(String);
  const given = show(error.data);
  if (allowed.includes('INSUFFICIENT_DATA')) {
    return { code: 'unknown-outcome', message: `${name} cannot be ${given}`, help: outcomeHelp(error.data) };
  }
  const [named] = name === "'target'" ? allowed.filter((it) => it.endsWith(`-${String(error.data)}`)) : [];
  const help = named === undefined ? suggestion(String(error.data), allowed, 'allowed') : `did you mean '${named}'?`;
  return { code: 'unknown-value', message: `${name} cannot be ${given}`, help };
}

function describeConst(error: ErrorObject, name: string): Remark {
  const message = `${name} must be ${show(error.schema)}, not ${show(error.data)}`;
  return { code: 'unknown-value', message, help: `write ${String(error.schema)}` };
}

function outcomeHelp(given: unknown): string {
  const meant = typeof given === 'string' ? closest(given, outcomes) : undefined;
  const list = '{ NON_COMPLIANT: [ids of the assertions that fail] }';
  if (meant === 'NON_COMPLIANT') return `write ${list}`;
  if (meant !== undefined) return `did you mean '${meant}'?`;
  return `write COMPLIANT, NOT_APPLICABLE, INSUFFICIENT_DATA or ${list}`;
}

function describePattern(error: ErrorObject, name: string): Remark {
  const given = error.propertyName ?? String(error.data);
  const where = error.propertyName === undefined ? name : `the key '${given}'`;
  const isKebab = String(error.schema).startsWith('^[a-z0-9]+(-');
  const pattern = knownPatterns.get(String(error.schema));
  if (pattern !== undefined) {
    return { code: 'wrong-form', message: `${where} is not ${pattern.noun}: ${show(given)}`, help: pattern.help };
  }
  if (isKebab && given.includes('*')) {
    const message = `${where} cannot be ${show(given)}: ids are written out, without '*'`;
    return { code: 'wrong-form', message, help: 'name each in a list' };
  }
  const kebab = given
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (!isKebab || kebab === '') {
    const message = `${where} is not of the form ${String(error.schema)}`;
    return { code: 'wrong-form', message, help: exampleHelp(error) };
  }
  const message = `${where} is not in kebab-case${error.propertyName === undefined ? `: ${show(given)}` : ''}`;
  return { code: 'wrong-form', message, help: `write '${kebab}'` };
}

/** What a pattern stands for, where saying it helps more than the pattern does. */
const knownPatterns: ReadonlyMap<string, { readonly noun: string; readonly help: string }> = new Map([
  [
    String.raw`^\d{12}$`,
    { noun: 'an account id', help: 'an account id is a text of 12 digits; a leading zero may be lost: "012345678901"' },
  ],
]);

const formats: ReadonlyMap<unknown, { readonly noun: string; readonly example: string }> = new Map([
  ['date-time', { noun: 'a time', example: '"2026-11-21T00:00:00Z"' }],
  ['date', { noun: 'a day', example: '2026-11-21' }],
]);
/** What the schema gives as an example of a value. */
function exampleHelp({ parentSchema }: ErrorObject): string | undefined {
  const examples: unknown = parentSchema?.['examples'];
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return typeof example === 'string' ? `write it like ${example}` : undefined;
}

function describeFormat(error: ErrorObject, name: string): Remark {
  const { noun, example } = formats.get(error.schema) ?? { noun: 'an address', example: 'https://…' };
  return {
    code: 'wrong-form',
    message: `${name} is not ${noun}: ${show(error.data)}`,
    help: `write it like ${example}`,
  };
}

function nameOf(path: Path): string {
  let name = '';
  for (const step of path) name += typeof step === 'number' ? `[${step}]` : name === '' ? step : `.${step}`;
  return name === '' ? 'the file' : `'${name}'`;
}

function pathOf(error: ErrorObject): Path {
  const steps = error.instancePath.split('/').slice(1);
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : step));
}

function textParam(error: ErrorObject, name: string): string | undefined {
  const value: unknown = error.params[name];
  return typeof value === 'string' ? value : undefined;
}

function keysOf(error: ErrorObject): readonly string[] {
  const properties: unknown = error.parentSchema?.['properties'];
  return typeof properties === 'object' && properties !== null ? Object.keys(properties).toSorted(byText) : [];
}

import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Makes a JSON Schema of the input of BatchImportFindings out of botocore's model of AWS Security Hub: its shapes, and
 * the lengths that their documentation states.
 * Usage: node scripts/run-ts.mjs test/support/official-schemas/make-asff.ts SERVICE-2.JSON VERSION
 */
const [file = '', version = ''] = process.argv.slice(2);

interface Member {
  readonly shape: string;
  readonly documentation?: string;
}
interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}
const { shapes } = JSON.parse(readFileSync(file, 'utf8')) as { readonly shapes: Readonly<Record<string, Shape>> };

const $defs: Record<string, unknown> = {};
/** Hundreds of shapes of single services, of which none is ours. */
const leftOut = new Set(['ResourceDetails', 'Process', 'Action', 'Network']);

function refTo(name: string): object {
  if (leftOut.has(name)) return { not: {} };
  if (!(name in $defs)) {
    $defs[name] = true;
    $defs[name] = schemaOf(shapes[name]);
  }
  return { $ref: `#/$defs/${name}` };
}

function schemaOf(shape: Shape | undefined): object {
  if (shape === undefined) throw new Error('a shape is missing');
  const { type, members = {}, required = [], min, max } = shape;
  switch (type) {
    case 'structure':
      return {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(Object.entries(members).map(([key, it]) => [key, memberOf(it)])),
        required,
      };
    case 'list':
      return {
        type: 'array',
        items: refTo(shape.member?.shape ?? ''),
        ...(min === undefined ? {} : { minItems: min }),
        ...(max === undefined ? {} : { maxItems: max }),
      };
    case 'map':
      return {
        type: 'object',
        propertyNames: refTo(shape.key?.shape ?? ''),
        additionalProperties: refTo(shape.value?.shape ?? ''),
      };
    case 'string':
      return {
        type: 'string',
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }),
        ...(shape.enum === undefined ? {} : { enum: shape.enum }),
      };
    case 'integer':
    case 'long':
      return {
        type: 'integer',
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
      };
    case 'double':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'timestamp':
      return { type: 'string', format: 'date-time' };
    default:
      throw new Error(`no schema for ${type}`);
  }
}

/** A member with what only its documentation states: "Maximum length of 256", "Maximum number of 32 items". */
function memberOf({ shape, documentation = '' }: Member): object {
  const text = documentation.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  const limit = (pattern: RegExp, key: string) => {
    const [, value] = pattern.exec(text) ?? [];
    return value === undefined ? {} : { [key]: Number(value) };
  };
  const kind = shapes[shape]?.type;
  const limits =
    kind === 'string'
      ? {
          ...limit(/Minimum (?:length )?of (\d+)/, 'minLength'),
          ...limit(/Maximum (?:length )?of (\d+)/, 'maxLength'),
          ...limit(/Length Constraints: (\d+)\./, 'minLength'),
          ...limit(/Length Constraints: (\d+)\./, 'maxLength'),
        }
      : kind === 'list'
        ? {
            ...limit(/Minimum number of (\d+) items?/, 'minItems'),
            ...limit(/Maximum number of (\d+) items?/, 'maxItems'),
          }
        : {};
  return Object.keys(limits).length === 0 ? refTo(shape) : { allOf: [refTo(shape), limits] };
}

const root = schemaOf(shapes['BatchImportFindingsRequest']);
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $comment: `Generated from botocore ${version}, data/securityhub/2018-10-26/service-2.json, by make-asff.ts`,
  ...root,
  $defs: Object.fromEntries(Object.entries($defs).toSorted(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync('test/support/official-schemas/asff-2018-10-26.json', `${JSON.stringify(schema)}\n`);

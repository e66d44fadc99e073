import { isObject } from '../../model/is-object.js';
import {
  Duration,
  Timestamp,
  type Value,
  describeType,
  durationHelp,
  isArn,
  parseDuration,
  parseTimestamp,
  suggestion,
  type Type,
  type TypeTable,
} from '../../expression/index.js';
import { quoteHelp, show } from '../schema-types.js';
import type { Remark } from '../yaml/source.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';
import type { FixtureNode } from './fixture-node.js';

/** Says what is wrong at a path of the file; `key` points at the key there. */
export type Report = (path: Path, remark: Remark, part?: 'key' | 'value') => void;

/** Checks parts of fixtures against the types of the View. Everything that is wrong is reported, at its place. */
export class FixtureReader {
  constructor(
    private readonly types: TypeTable,
    private readonly yaml: YamlFile,
    private readonly report: Report,
  ) {}

  /** The value at a path as a part of a fixture, or undefined where something is wrong with it. `isMember`: of a list. */
  read(type: Type, value: unknown, path: Path, isMember = false): FixtureNode | undefined {
    if (isMarker(value)) return this.readMarker(type, value, path, isMember);
    const misspelt =
      type.kind !== 'map' && isObject(value) ? Object.keys(value).find((it) => it.startsWith('$')) : undefined;
    if (misspelt !== undefined) {
      const help = 'write { $unread: "service:Call" } for what could not be read';
      this.report([...path, misspelt], { code: 'unknown-key', message: `unknown key '${misspelt}'`, help }, 'key');
      return undefined;
    }
    switch (type.kind) {
      case 'list': {
        return this.readList(type, value, path);
      }
      case 'map': {
        if (!isObject(value)) return this.wrong(path, 'a map of keys and values', value);
        const entries = this.readEntries(value, path, () => type.of);
        return entries && { kind: 'map', isTotal: type.isTotal, entries };
      }
      case 'object': {
        return this.readObject(type.name, value, path);
      }
      default: {
        const scalar = this.readScalar(type, value, path);
        return scalar === undefined ? undefined : { kind: 'scalar', value: scalar };
      }
    }
  }

  private readObject(name: string, value: unknown, path: Path): FixtureNode | undefined {
    if (!isObject(value)) return this.wrong(path, `a map of the fields of ${name}`, value);
    const fields = this.types.object(name);
    const known = this.readEntries(value, path, (field) => {
      const type = fields?.get(field)?.type;
      if (type === undefined) {
        const help = suggestion(field, [...(fields?.keys() ?? [])], 'fields');
        this.report(
          [...path, field],
          { code: 'unknown-field', message: `${name} has no field '${field}'`, help },
          'key',
        );
      }
      return type;
    });
    return known && { kind: 'object', type: name, fields: known };
  }

  private readEntries(
    value: Readonly<Record<string, unknown>>,
    path: Path,
    typeOf: (key: string) => Type | undefined,
  ): ReadonlyMap<string, FixtureNode> | undefined {
    const entries = new Map<string, FixtureNode>();
    let isWhole = true;
    for (const [key, entry] of Object.entries(value)) {
      const type = typeOf(key);
      const node = type === undefined ? undefined : this.read(type, entry, [...path, key]);
      if (node === undefined) isWhole = false;
      else entries.set(key, node);
    }
    return isWhole ? entries : undefined;
  }

  private readList(type: Extract<Type, { kind: 'list' }>, value: unknown, path: Path): FixtureNode | undefined {
    if (!Array.isArray(value)) return this.wrong(path, `a list of ${describeType(type.of)}`, value);
    // Array.isArray() knows the members as any.
    const items = (value as readonly unknown[]).map((item, index) => this.read(type.of, item, [...path, index], true));
    if (type.isNeverEmpty && items.length === 0) {
      this.report(path, { code: 'empty', message: 'AWS never gives an empty list here' });
      return undefined;
    }
    const whole = items.filter((it) => it !== undefined);
    return whole.length === items.length ? { kind: 'list', items: whole } : undefined;
  }

  private readMarker(type: Type, value: Readonly<Record<string, unknown>>, path: Path, isMember: boolean) {
    const call = value['$unread'];
    const extra = Object.keys(value).filter((key) => key !== '$unread' && key !== 'value');
    for (const key of extra) {
      this.report([...path, key], { code: 'unknown-key', message: `'${key}' cannot be combined with $unread` }, 'key');
    }
    if (typeof call !== 'string' || !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(call)) {
      const help = 'write the call that was refused: { $unread: "s3:GetBucketVersioning" }';
      this.report([...path, '$unread'], { code: 'wrong-form', message: `${show(call)} is not an API call`, help });
      return undefined;
    }
    if (!('value' in value)) return extra.length > 0 ? undefined : ({ kind: 'unread', call } as const);
    if (!isMember) {
      const message = "only a list's member can have a value beside $unread: it may or may not be in the list";
      this.report([...path, 'value'], { code: 'unknown-key', message }, 'key');
      return undefined;
    }
    const node = this.read(type, value['value'], [...path, 'value']);
    return node === undefined || extra.length > 0 ? undefined : ({ kind: 'doubtful', call, value: node } as const);
  }

  private readScalar(type: Type, value: unknown, path: Path): Value | undefined {
    if (type.kind === 'bool') return typeof value === 'boolean' ? value : this.wrong(path, 'true or false', value);
    if (type.kind === 'int') {
      return Number.isSafeInteger(value) && typeof value === 'number'
        ? value
        : this.wrong(path, 'a whole number', value);
    }
    if (typeof value !== 'string') {
      const written = this.yaml.writtenAt(path);
      return this.wrong(
        path,
        wantedText[type.kind] ?? 'a text',
        value,
        written === undefined ? undefined : quoteHelp(written),
      );
    }
    return this.readText(type, value, path);
  }

  private readText(type: Type, value: string, path: Path): Value | undefined {
    if (type.kind === 'enum' && !type.values.includes(value)) {
      const help = suggestion(value, type.values, 'allowed');
      this.report(path, { code: 'unknown-value', message: `${show(value)} is not one of ${describeType(type)}`, help });
      return undefined;
    }
    if (type.kind === 'timestamp') {
      const time = parseTimestamp(value);
      return time === undefined
        ? this.wrong(path, 'a time', value, 'write it like "2026-11-21T00:00:00Z"')
        : new Timestamp(time);
    }
    if (type.kind === 'duration') {
      const span = parseDuration(value);
      return span === undefined ? this.wrong(path, 'a duration', value, durationHelp(value)) : new Duration(span);
    }
    if (type.kind === 'arn' && !isArn(value)) {
      return this.wrong(path, 'an ARN', value, 'write it like "arn:aws:s3:::logs"');
    }
    return value;
  }

  private wrong(path: Path, wanted: string, value: unknown, help?: string): undefined {
    this.report(path, { code: 'wrong-type', message: `this must be ${wanted}, not ${show(value)}`, help });
    return undefined;
  }
}

const wantedText: Readonly<Record<string, string>> = { timestamp: 'a time', duration: 'a duration', arn: 'an ARN' };

function isMarker(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.hasOwn(value, '$unread');
}

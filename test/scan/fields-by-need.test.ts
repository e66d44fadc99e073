import {
  Duration,
  isViewMap,
  isViewObject,
  Timestamp,
  Unknown,
  ViewList,
  type Value,
} from '../../src/expression/index.js';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { everyAccessPoint } from '../../src/collect/aws/operations/choices.js';
import { beyondScans, operations } from '../../src/collect/aws/operations/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { TargetType } from '../../src/model/results.js';
import { neededCalls } from '../../src/policy/index.js';
import { buildView } from '../../src/view/index.js';
import { faultWorld } from '../collect/fault-world.js';
import { collectFrom, impatience } from '../support/collect-from.js';

interface Property {
  readonly $ref?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property | boolean;
}
interface Schema {
  readonly $defs: Readonly<Record<string, { readonly properties: Readonly<Record<string, Property>> }>>;
  readonly 'x-targets': Readonly<Record<string, { readonly type: string }>>;
}
const schema = JSON.parse(readFileSync(new URL('../../schema/view.v1.json', import.meta.url), 'utf8')) as Schema;
const targets = new Map(Object.entries(schema['x-targets']).map(([target, { type }]) => [type, target]));
const fieldsOf = (type: string): readonly [string, Property][] => Object.entries(schema.$defs[type]?.properties ?? {});

/** The type of a part, as opposed to another object of the View, which shows by its label. */
function partOf(property: Property): string | undefined {
  const { additionalProperties: rest } = property;
  const node = property.items ?? (typeof rest === 'object' ? rest : property);
  const type = node.$ref?.slice('#/$defs/'.length);
  return type === undefined || targets.has(type) ? undefined : type;
}

/** The paths that an expression reads that takes a field apart to its last part. */
function pathsOf(type: string, name: string, property: Property): string[] {
  const part = partOf(property);
  const inner = part === undefined ? [] : fieldsOf(part).flatMap(([it, node]) => pathsOf(part, it, node));
  return [`${type}.${name}`, ...inner];
}

function show(value: Value): unknown {
  if (value instanceof Unknown) return 'unknown';
  if (value instanceof Timestamp || value instanceof Duration) return value.milliseconds;
  if (value instanceof ViewList) {
    return {
      members: value.members.map(show),
      doubtful: value.doubtful.map((it) => show(it.value)),
      isClosed: value.isClosed,
    };
  }
  if (typeof value !== 'object') return value;
  if (isViewMap(value)) return ['AWS::S3::Object', 's3.amazonaws.com'].map((key) => show(value.get(key)));
  if (!isViewObject(value)) return value;
  if (targets.has(value.type)) return value.label ?? value.type;
  return Object.fromEntries(fieldsOf(value.type).map(([name]) => [name, show(value.get(name))]));
}

function shown(inventory: Inventory, target: string, name: string): unknown {
  // The keys of x-targets are the types of targets.
  return buildView(inventory)
    .targets(target as TargetType)
    .map(({ id, object }) => [id, show(object.get(name))]);
}

const cases = [...targets].flatMap(([type, target]) =>
  fieldsOf(type).map(([name, property]) => {
    // As a policy of one's own would read it.
    const reads = pathsOf(type, name, property);
    return {
      path: `${type}.${name}`,
      target,
      name,
      calls: neededCalls([{ target: target as TargetType, reads }], schema),
    };
  }),
);

const now = Date.now();
const options = {
  deep: true,
  tuning: {
    ...impatience.tuning,
    clock: { now: () => now, sleep: async () => await Promise.resolve() },
    maxAttempts: 2,
  },
};

/** Those, too, that a plain run leaves out. */
const everyCall = new Set([...Object.keys(operations).filter((name) => !beyondScans.has(name)), everyAccessPoint]);

/** Fields that need the same calls are read from one inventory. */
const inventories = new Map<string, Promise<Inventory>>();

async function collected(calls: ReadonlySet<string> = everyCall): Promise<Inventory> {
  const key = [...calls].join(' ');
  const reading = inventories.get(key) ?? collectFrom(faultWorld, { ...options, calls }).then((it) => it.inventory);
  inventories.set(key, reading);
  return await reading;
}

describe('a field is the same when only the calls are made that the schema says it needs', () => {
  test.each(cases)('$path', async ({ target, name, calls }) => {
    const expected = shown(await collected(), target, name);
    expect(expected).not.toEqual([]);
    expect(shown(await collected(calls), target, name)).toEqual(expected);
  });
});

import { readFileSync } from 'node:fs';
import {
  bool,
  duration,
  int,
  listOf,
  objectOf,
  readViewSchema,
  string,
  timestamp,
  withParams,
  type Environment,
  type Field,
  type Scope,
  type Type,
} from '../../src/expression/index.js';
import { ABSENT, Timestamp, Unknown, ViewList, type Value, type ViewObject } from '../../src/expression/values.js';
import type { Cause } from '../../src/model/cause.js';

/** An object of the View with just these fields; any other is absent. */
export function anObject(
  type: string,
  fields: Readonly<Record<string, Value>>,
  cause?: (field: string) => Cause | undefined,
): ViewObject {
  const label = fields['arn'] ?? fields['id'];
  return {
    type,
    ...(typeof label === 'string' ? { label } : {}),
    get: (field) => fields[field] ?? ABSENT,
    evidence: () => [],
    ...(cause === undefined ? {} : { cause }),
  };
}

export const unread = (...gaps: string[]): Unknown => new Unknown(gaps.length === 0 ? ['gap'] : gaps);
export const aList = (...members: Value[]): ViewList => new ViewList(members);
export const anOpenList = (...members: Value[]): ViewList => new ViewList(members, [], unread('rest'));
export const at = (text: string): Timestamp => new Timestamp(Date.parse(text));

export const viewSchema = readViewSchema(
  JSON.parse(readFileSync(new URL('../../schema/view.v1.json', import.meta.url), 'utf8')),
);

const required = (type: Type): Field => ({ type, isOptional: false, description: '' });

/** What a trail's policy sees, with a few parameters. */
export const trailEnvironment: Environment = {
  types: withParams(
    viewSchema.types,
    new Map([
      ['maxSilence', required(duration)],
      ['minDays', required(int)],
      ['names', required(listOf(string))],
      ['strict', required(bool)],
    ]),
  ),
  names: new Map<string, Field>([
    ['trail', required(objectOf('Trail'))],
    ['account', required(objectOf('Account'))],
    ['organization', required(objectOf('Organization'))],
    ['bucket', required(objectOf('Bucket'))],
    ['key', required(objectOf('Key'))],
    ['params', required(objectOf('params'))],
    ['now', required(timestamp)],
  ]),
  functions: [
    {
      name: 'fresh',
      params: ['Delivery', 'duration'],
      returns: 'bool',
      meaning: 'a delivery is not older than this',
      reads: ['Delivery.quietSince'],
      apply: ([delivery]) =>
        typeof delivery === 'object' && 'type' in delivery ? delivery.get('isConfigured') : false,
    },
    {
      name: 'coverage',
      params: ['Account', 'any | protected', 'bool'],
      returns: 'EventCoverage',
      meaning: 'what is recorded',
      reads: ['Account.coverage'],
      apply: ([account]) =>
        typeof account === 'object' && 'type' in account ? account.get('coverage') : new Unknown([]),
    },
  ],
};

/** A scope with these names; `now` is 2026-11-21. */
export function aScope(names: Readonly<Record<string, Value>>): Scope {
  const all: Readonly<Record<string, Value>> = { now: at('2026-11-21T00:00:00Z'), ...names };
  return {
    get: (name) => {
      const value = all[name];
      if (value === undefined) throw new Error(`the scope has no ${name}`);
      return value;
    },
  };
}

import { hash } from 'node:crypto';
import {
  Duration,
  fieldsOfName,
  Unknown,
  ViewList,
  type Expression,
  type Scope,
  type Value,
  type ViewObject,
} from '../expression/index.js';
import type { FamiliarForm } from './compiled-activity.js';
import { byText } from '../text/order.js';
import { valuesOf } from './scope.js';

/** Grows when facts of events come to mean something else: what was seen before is no answer then. */
const meaning = 1;

/** What a policy asks, as a hash: the same where what was seen under one is an answer to the other. */
export function questionOf({ where, what }: FamiliarForm, params: ViewObject): string {
  const names = fieldsOfName(
    [where, ...what].map(({ root }) => root),
    'params',
  );
  const values = [...names].toSorted().map((name) => [name, textOf(params.get(name))]);
  const asked = [meaning, where.source.trim(), what.map(({ source }) => source.trim()), values];
  return hash('sha256', JSON.stringify(asked), 'hex');
}

function textOf(value: Value): unknown {
  if (value instanceof Duration) return value.milliseconds;
  if (value instanceof ViewList) return value.members.map(textOf);
  return typeof value === 'symbol' ? undefined : value;
}

/** What an event shows, as one text; of a list the different values in it. Unknown where a part of it is. */
export function combinationOf(what: readonly Expression[], scope: Scope): string | Unknown {
  const parts: (string | readonly string[])[] = [];
  let unknown: Unknown | undefined;
  for (const it of what) {
    const values = valuesOf(it, scope);
    if (values instanceof Unknown) unknown = unknown?.and(values) ?? values;
    else parts.push(it.type.kind === 'list' ? [...new Set(values)].toSorted(byText) : values.join(''));
  }
  // As JSON, so that no text can look like two.
  return unknown ?? JSON.stringify(parts);
}

/** As baselines hold it: what people and programs do is not to be read there. */
export function hashOfCombination(policyId: string, account: string, combination: string): string {
  return hash('sha256', JSON.stringify([policyId, account, combination]), 'base64url');
}

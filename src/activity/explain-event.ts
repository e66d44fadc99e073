import { explain, type Because, type Expression, type ViewObject } from '../expression/index.js';
import type { EventRecord } from '../model/log-events.js';
import type { CompiledActivity } from './compiled-activity.js';
import { accountOf, textIn } from './event-facts.js';
import { seenEvent, unknownAccount } from './match.js';
import { asksCategory, isOfDeed } from './record-kinds.js';
import { keyOf, scopeOf } from './scope.js';

/** One condition of a policy on an event, and what decided it. */
export interface ExplainedCondition {
  readonly name: 'where' | 'except' | 'then';
  readonly value: 'holds' | 'does not hold' | 'not known';
  /** The parts that decided, and their values. */
  readonly because: readonly Because[];
}

/** What a policy makes of one event. */
export interface ExplainedEvent {
  readonly eventID: string;
  readonly eventName: string;
  /** As the record has it. */
  readonly at: string;
  readonly account: string;
  /** `counts`: it is described; `allowed`: by `except`; `follows`: the second of a sequence; `open`: it is not known; `beside`: it is a record of another kind. */
  readonly verdict: 'counts' | 'allowed' | 'follows' | 'other' | 'open' | 'beside';
  readonly conditions: readonly ExplainedCondition[];
  /** What is counted or waited for together, or makes events one incident; undefined: nothing, or it is not known. */
  readonly key?: string;
}

/** The conditions of a policy by their names, in the order in which they are asked. */
export function namedConditions({
  form,
  except,
}: CompiledActivity): readonly (readonly [ExplainedCondition['name'], Expression])[] {
  return [
    ['where', form.where],
    ...(except === undefined ? [] : [['except', except] as const]),
    ...(form.kind === 'followed-by' ? [['then', form.next] as const] : []),
  ];
}

/** Why a policy speaks of an event, or does not: each condition with the values that decided. */
export function explainEvent(activity: CompiledActivity, params: ViewObject, record: EventRecord): ExplainedEvent {
  const eventID = textIn(record, 'eventID') ?? 'unknown';
  const { event } = seenEvent(record, { object: '' }, eventID, (it) => it);
  const scope = scopeOf({ event, params });
  const conditions = namedConditions(activity).map(([name, expression]): ExplainedCondition => {
    const { value, because } = explain(expression, scope);
    return { name, value: value === true ? 'holds' : value === false ? 'does not hold' : 'not known', because };
  });
  const { form, incidentBy } = activity;
  const by = form.kind === 'at-most' ? form.by : form.kind === 'followed-by' ? form.same : incidentBy;
  const found = verdictOf(conditions);
  const verdict = found === 'other' || isOfDeed(record) || asksCategory(activity) ? found : 'beside';
  // What is allowed matters where something is described.
  const isDescribed = conditions[0]?.value !== 'does not hold';
  const key = by.length === 0 || verdict === 'other' || verdict === 'beside' ? undefined : keyOf(by, scope, ', ');
  return {
    eventID,
    eventName: textIn(record, 'eventName') ?? 'unknown',
    at: textIn(record, 'eventTime') ?? 'unknown',
    account: accountOf(record) ?? unknownAccount,
    verdict,
    conditions: conditions.filter((it) => isDescribed || it.name !== 'except'),
    ...(typeof key === 'string' ? { key } : {}),
  };
}

function verdictOf(conditions: readonly ExplainedCondition[]): ExplainedEvent['verdict'] {
  const of = (name: ExplainedCondition['name']): ExplainedCondition['value'] | undefined =>
    conditions.find((it) => it.name === name)?.value;
  const [where, except, then] = [of('where'), of('except'), of('then')];
  if (where === 'holds' && except === 'holds') return 'allowed';
  if (where === 'holds' && except !== 'not known') return 'counts';
  if (where !== 'does not hold' && except !== 'holds') return 'open';
  if (then === 'holds') return 'follows';
  return then === 'not known' ? 'open' : 'other';
}

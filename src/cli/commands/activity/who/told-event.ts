import { actorOf, isDenied, principalOf, succeeded } from '../../../../activity/index.js';
import type { FoundEvent } from '../../../../events/index.js';
import type { EventRecord } from '../../../../model/log-events.js';
import { byText } from '../../../../text/order.js';

/** What an event did to what is asked about. */
export type Effect = 'created' | 'changed' | 'deleted';

/** One event as it is told. */
export interface ToldEvent {
  readonly at: string;
  readonly eventID: string;
  readonly principal: string;
  /** Who is behind the principal, as far as the record tells. */
  readonly actor: string;
  /** `iam` */
  readonly service: string;
  readonly event: string;
  readonly outcome: 'succeeded' | 'denied' | 'failed';
  readonly errorCode?: string;
  readonly sourceIPAddress: string;
  readonly region: string;
  readonly account: string;
  readonly object: string;
  readonly verified?: boolean;
  readonly effect?: Effect;
  /** The last one of its effect. */
  readonly isLast?: true;
}

/** @param paths where in the record the subject stands */
export function toldEvent({ record, origin }: FoundEvent, paths: readonly (readonly string[])[]): ToldEvent {
  const outcome = succeeded(record) ? 'succeeded' : isDenied(record) ? 'denied' : 'failed';
  const errorCode = textIn(record, 'errorCode');
  const effect = outcome === 'succeeded' ? effectOn(record, paths) : undefined;
  return {
    at: textIn(record, 'eventTime'),
    eventID: textIn(record, 'eventID'),
    principal: principalOf(record),
    actor: actorOf(record),
    service: textIn(record, 'eventSource').replace(/\.amazonaws\.com(?:\.cn)?$/, ''),
    event: textIn(record, 'eventName'),
    outcome,
    ...(errorCode === '' ? {} : { errorCode }),
    sourceIPAddress: textIn(record, 'sourceIPAddress'),
    region: textIn(record, 'awsRegion'),
    account: textIn(record, 'recipientAccountId'),
    object: origin.object,
    ...(origin.verified === undefined ? {} : { verified: origin.verified }),
    ...(effect === undefined ? {} : { effect }),
  };
}

/** Newest first; in one second, by id. Of each effect the last one is marked. */
export function inOrder(events: readonly ToldEvent[]): ToldEvent[] {
  const sorted = events.toSorted((a, b) => byText(b.at, a.at) || byText(a.eventID, b.eventID));
  const met = new Set<Effect>();
  return sorted.map((it) => {
    if (it.effect === undefined || met.has(it.effect)) return it;
    met.add(it.effect);
    return Object.assign({}, it, { isLast: true as const });
  });
}

const creating = /^(?:Create|Run|Allocate|Register|Import|Put|Copy|Restore|Request)/;
const deleting = /^(?:Delete|Terminate|Release|Deregister|Schedule)/;
const kindOfKey = /(?:identifiers?|names?|ids?|arns?|s)$/i;

/** Undefined where it reads, or where the subject is the one who acts. */
function effectOn(record: EventRecord, paths: readonly (readonly string[])[]): Effect | undefined {
  if (record['readOnly'] === true || record['readOnly'] === 'true') return undefined;
  const targets = paths.filter(([top]) => top !== undefined && targetMembers.has(top));
  if (targets.length === 0) return undefined;
  const name = textIn(record, 'eventName');
  const kind = name.replace(/^[A-Z][a-z]+/, '').replace(/(?:Deletion)?[\d_v]*$/, '');
  const isOfKind = targets.some((path) => path.some((key) => isKind(key, kind)));
  if (isOfKind && deleting.test(name)) return 'deleted';
  return isOfKind && creating.test(name) && !name.startsWith('Put') ? 'created' : 'changed';
}

const targetMembers = new Set(['requestParameters', 'responseElements', 'resources', 'serviceEventDetails']);

/** `userName` names what `CreateUser` makes, and not what `CreateAccessKey` does; `name` and `id` name whatever it is. */
function isKind(key: string, kind: string): boolean {
  if (targetMembers.has(key) || kind === '') return false;
  const stem = key.replace(kindOfKey, '').toLowerCase();
  const what = kind.toLowerCase().replace(/s$/, '');
  return /^(?:name|id|arn|identifier)$/i.test(key) || (stem !== '' && (what.endsWith(stem) || stem.endsWith(what)));
}

function textIn(record: EventRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}

import type { Expression, Unknown, ViewObject } from '../expression/index.js';
import type { EventRecord } from '../model/log-events.js';
import { openMembers } from '../model/log-events.js';
import type { CompiledActivity } from './compiled-activity.js';
import { isNothing } from './event-facts.js';
import { eventObject } from './event-object.js';

/**
 * A record of which open members are left out, as expressions see it: what follows from those is not known.
 *
 * @param known - open members that are not left out
 */
export function sampleObject(sample: EventRecord, known: ReadonlySet<string>, open: Unknown): ViewObject {
  const event = eventObject(sample, open);
  return {
    type: event.type,
    label: event.label,
    get(field) {
      if (field === 'succeeded' && hasFailed(sample)) return false;
      return isOpen(field, sample, known) ? open : event.get(field);
    },
    evidence: () => [],
  };
}

/** Whatever its message and its answer say. */
function hasFailed(sample: EventRecord): boolean {
  return !isNothing(sample['errorCode']);
}

function isOpen(field: string, sample: EventRecord, known: ReadonlySet<string>): boolean {
  if (field === 'sharedEventID') return sample['sharedEventID'] !== undefined;
  return openBehind(field).some((it) => !known.has(it));
}

/** The open members that a field of an event is made of. */
function openBehind(field: string): readonly string[] {
  return behind.get(field) ?? [];
}

const behind: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[...openMembers].map((it): [string, readonly string[]] => [it, [it]]),
  ['succeeded', ['errorMessage', 'responseElements']],
  ['resourceIds', ['resources']],
]);

/** What is another for each record: to ask for it would tell no two of them alike. */
const ofEach: ReadonlySet<string> = new Set(['eventID', 'eventTime', 'requestID']);

/** Open members that a policy asks of events, but for those that differ from record to record. */
export function openMembersAsked(activity: CompiledActivity): ReadonlySet<string> {
  const { form, except, incidentBy, message } = activity;
  const ofForm = Object.values(form).flat().filter(isExpression);
  const parts = [...ofForm, ...(except === undefined ? [] : [except]), ...incidentBy, ...message.parts];
  return new Set(openIn(parts).filter((it) => !ofEach.has(it)));
}

/** Whether what is shown of an incident, and what makes it one, can be told of all records that are alike. */
export function isShownOpen({ message, incidentBy }: CompiledActivity, known: ReadonlySet<string>): boolean {
  return openIn([...message.parts, ...incidentBy]).some((it) => !known.has(it));
}

function openIn(parts: readonly (string | Expression)[]): readonly string[] {
  const reads = parts.flatMap((part) => (typeof part === 'string' ? [] : part.reads));
  return reads.filter((it) => it.startsWith('Event.')).flatMap((it) => openBehind(it.slice('Event.'.length)));
}

function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && 'reads' in value;
}

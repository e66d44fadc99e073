import type {
  AdvancedEventSelector,
  DataResource,
  EventSelector,
  EventSelectors,
  FieldSelector,
} from '../../model/inventory.js';
import { allEvents, type EventSet } from './event-set.js';
import { identityField, withIdentityArn, type EventClass } from './event-class.js';
import type { Selectors } from './recording.js';
import { contains, everything, intersect, type Atom, type StringSet } from './string-set.js';

/** What CloudTrail records when no selector was ever set. */
const defaultSelectors: EventSelectors = {
  basic: [
    { readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [], dataResources: [] },
  ],
  advanced: [],
};

/** Fields that a class decides on as a whole; all others stay conditions of the box. */
function decidedBy(eventClass: EventClass): readonly string[] {
  switch (eventClass.category) {
    case 'Management':
      return ['eventCategory', 'readOnly'];
    case 'Data':
      return ['eventCategory', 'readOnly', 'resources.type'];
    case 'NetworkActivity':
      return ['eventCategory', 'eventSource', ...(eventClass.errorCode === undefined ? [] : ['errorCode'])];
  }
}

/** Fields that AWS documents, which means: whose values events are known to have. */
const documentedFields = new Set([
  'eventSource',
  'eventName',
  'eventType',
  'resources.ARN',
  'userIdentity.arn',
  'sessionCredentialFromConsole',
  'errorCode',
  'vpcEndpointId',
]);

/** Whether AWS documents a field that selectors name: of another it is not known which events have it. */
export function isDocumentedField(field: string): boolean {
  return documentedFields.has(field) || ['eventCategory', 'readOnly', 'resources.type'].includes(field);
}

/** The events of a class that the selectors take, as boxes that may overlap. */
export function selectedBy(selectors: EventSelectors, eventClass: EventClass): EventSet[] {
  const { basic, advanced } =
    selectors.basic.length === 0 && selectors.advanced.length === 0 ? defaultSelectors : selectors;
  return [
    ...basic.flatMap((selector) => selectedByBasic(selector, eventClass)),
    ...selectedByAdvanced(advanced, eventClass),
  ];
}

/** The events of a class that advanced selectors take: those that an event data store has. */
export function selectedByAdvanced(selectors: readonly AdvancedEventSelector[], eventClass: EventClass): EventSet[] {
  return selectors.flatMap((selector) => selectedByOne(selector, eventClass) ?? []);
}

function selectedByBasic(selector: EventSelector, eventClass: EventClass): EventSet[] {
  if (eventClass.category === 'NetworkActivity') return [];
  const { readWriteType } = selector;
  if (readWriteType !== 'All' && readWriteType !== (eventClass.readOnly ? 'ReadOnly' : 'WriteOnly')) return [];
  if (eventClass.category === 'Management') {
    if (!selector.includeManagementEvents) return [];
    const excluded = selector.excludeManagementEventSources.map((value): Atom => ({ op: 'equals', value }));
    return [excluded.length === 0 ? allEvents : new Map([['eventSource', { oneOf: [], none: excluded }]])];
  }
  return selector.dataResources
    .filter((resource) => resource.type === eventClass.resourceType)
    .flatMap((resource) => resource.values.map((value) => boxOfDataResource(resource, value)));
}

/** S3 values are beginnings of ARNs; those of functions and tables are whole ARNs, or the service's beginning. */
function boxOfDataResource({ type }: DataResource, value: string): EventSet {
  const isWholeService = /^arn:[^:]+:(?:lambda|dynamodb)$/.test(value);
  const op = type === 'AWS::S3::Object' || isWholeService ? 'prefix' : 'equals';
  return new Map([['resources.ARN', { oneOf: [[{ op, value }]], none: [] }]]);
}

/** The first value with a `*` in it, which selectors take as it is written; undefined: there is none. */
export function wildcardIn(selectors: Selectors): string | undefined {
  if (selectors.of === 'everything') return undefined;
  const { basic, advanced } = selectors.of === 'trail' ? selectors.it : { basic: [], advanced: selectors.it };
  const values = [
    ...basic.flatMap((it) => it.dataResources.flatMap((resource) => resource.values)),
    ...advanced.flatMap((it) => it.fieldSelectors.flatMap(valuesOf)),
  ];
  return values.find((it) => it.includes('*'));
}

function valuesOf(it: FieldSelector): readonly string[] {
  return [...it.equals, ...it.startsWith, ...it.endsWith, ...it.notEquals, ...it.notStartsWith, ...it.notEndsWith];
}

/** Undefined when the selector takes nothing of the class that can be relied on. */
function selectedByOne(selector: AdvancedEventSelector, eventClass: EventClass): EventSet | undefined {
  if (!allow(selector, 'eventCategory', eventClass.category)) return undefined;
  if (eventClass.category === 'Data' && !allow(selector, 'resources.type', eventClass.resourceType)) return undefined;
  if (eventClass.category === 'NetworkActivity') {
    const { eventSource, errorCode } = eventClass;
    if (!allow(selector, 'eventSource', eventSource)) return undefined;
    if (errorCode !== undefined && !mayBe(selector, 'errorCode', errorCode)) return undefined;
  } else if (!mayBe(selector, 'readOnly', String(eventClass.readOnly))) return undefined;
  const box = new Map<string, StringSet>();
  for (const conditions of selector.fieldSelectors) {
    const { field } = conditions;
    if (decidedBy(eventClass).includes(field)) continue;
    const set = setOf(conditions);
    if (set.oneOf.length === 0 && set.none.length === 0) continue;
    const key = documentedFields.has(field) ? field : undocumented(conditions);
    box.set(key, intersect(box.get(key) ?? everything, set));
    if (field === 'userIdentity.arn') box.set(identityField, withIdentityArn);
  }
  return box;
}

/** Whether the conditions on a field, which must be there, let a value through. */
function allow(selector: AdvancedEventSelector, field: string, value: string): boolean {
  const conditions = selector.fieldSelectors.filter((it) => it.field === field);
  return conditions.some((it) => it.equals.length > 0) && conditions.every((it) => contains(setOf(it), value));
}

/** Whether the conditions on a field let a value through; without any all values. */
function mayBe(selector: AdvancedEventSelector, field: string, value: string): boolean {
  return selector.fieldSelectors.filter((it) => it.field === field).every((it) => contains(setOf(it), value));
}

/** Selecting conditions are joined by OR, deselecting ones exclude each for itself; an empty list says nothing. */
function setOf(conditions: FieldSelector): StringSet {
  const selecting: Atom[] = [
    ...conditions.equals.map((value): Atom => ({ op: 'equals', value })),
    ...conditions.startsWith.map((value): Atom => ({ op: 'prefix', value })),
    ...conditions.endsWith.map((value): Atom => ({ op: 'suffix', value })),
  ];
  const deselecting: Atom[] = [
    ...conditions.notEquals.map((value): Atom => ({ op: 'equals', value })),
    ...conditions.notStartsWith.map((value): Atom => ({ op: 'prefix', value })),
    ...conditions.notEndsWith.map((value): Atom => ({ op: 'suffix', value })),
  ];
  return { oneOf: selecting.length === 0 ? [] : [selecting], none: deselecting };
}

/**
 * A field that is newer than this program: what values events have there is not known, so one condition never makes
 * up for what another one leaves out. Each has a name of its own.
 */
function undocumented(conditions: FieldSelector): string {
  const { field, ...operators } = conditions;
  return `${field}\n${JSON.stringify(operators)}`;
}

/** The field that a name in a box stands for. */
export function fieldName(name: string): string {
  const end = name.indexOf('\n');
  return end === -1 ? name : name.slice(0, end);
}

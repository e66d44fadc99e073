import type { AdvancedEventSelector, EventSelector, EventSelectors, FieldSelector } from '../../model/inventory.js';
import { parseArn } from '../../model/identifiers.js';
import type { FactGaps } from '../fact-gaps.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import type { EventClass } from './event-class.js';
import type { EventSink, Recording, Selectors } from './recording.js';
import { isDocumentedField, selectedBy } from './selectors.js';

/** Categories that selectors know, also those whose events are none of the three that coverage is about. */
const categories = new Set([
  'Management',
  'Data',
  'NetworkActivity',
  'Insight',
  'ConfigurationItem',
  'Evidence',
  'ActivityAuditLog',
]);

const readWriteTypes = new Set(['All', 'ReadOnly', 'WriteOnly']);

/**
 * The sink as far as its selectors are understood. What a selector with a field, operator, category or member that is
 * newer than this program takes is not known: at worst nothing, at best all that the rest of it lets through.
 *
 * @param note says what is not understood, and returns the id of that gap
 */
export function understood(sink: EventSink, note: NoteSelectors): EventSink {
  const { worst, best } = sink;
  const what = best === undefined ? [] : unsupportedIn(best.selectors);
  if (best === undefined || what.length === 0) return sink;
  const gap = note(sink.arn, what.join(', '));
  const certain = worst && withSelectors(worst, certainPart(worst.selectors));
  const { worst: _, ...rest } = sink;
  return {
    ...rest,
    ...(certain === undefined ? {} : { worst: certain }),
    best: withSelectors(best, possiblePart(best.selectors)) ?? best,
    gaps: [...new Set([...sink.gaps, gap])].toSorted(),
  };
}

/** Notes what of the selectors of a trail or store is not understood; returns the id of the gap. */
export type NoteSelectors = (arn: string, what: string) => string;

export function selectorGaps(gaps: FactGaps, at: string): NoteSelectors {
  return (arn, what) => {
    const { accountId = 'unknown', region = 'unknown', resource = '' } = parseArn(arn) ?? {};
    const message = `Its event selectors have ${what}, which this version of Trailproof does not know: which events they select is not known.`;
    const call = resource.startsWith('trail/') ? 'cloudtrail:GetEventSelectors' : 'cloudtrail:GetEventDataStore';
    return gaps.add({ call, accountId, region, resource: arn, reason: 'unsupported', message, at });
  };
}

/** Whether a trail's selectors take any event of a class. */
export function selectsAny(arn: string, it: EventSelectors, eventClass: EventClass, note: NoteSelectors): Tri<boolean> {
  const selectors: Selectors = { of: 'trail', it };
  const takes = (part: Selectors | undefined): boolean =>
    part?.of === 'everything' || (part?.of === 'trail' && selectedBy(part.it, eventClass).length > 0);
  if (takes(certainPart(selectors))) return sure(true);
  const what = unsupportedIn(selectors);
  return what.length > 0 && takes(possiblePart(selectors)) ? doubt([note(arn, what.join(', '))]) : sure(false);
}

function withSelectors(recording: Recording, selectors: Selectors | undefined): Recording | undefined {
  return selectors === undefined ? undefined : { ...recording, selectors };
}

/** Whether it is known which events the selectors take. */
export function isUnderstood(selectors: Selectors): boolean {
  return selectors.of !== 'everything' && unsupportedIn(selectors).length === 0;
}

/** What of the selectors is not understood, in words; empty: all is. */
function unsupportedIn(selectors: Selectors): string[] {
  switch (selectors.of) {
    case 'everything':
      return [];
    case 'trail':
      return [...new Set([...selectors.it.basic.flatMap(newInBasic), ...selectors.it.advanced.flatMap(newInAdvanced)])];
    case 'event-data-store':
      return [...new Set(selectors.it.flatMap(newInAdvanced))];
  }
}

/** The selectors that are understood; undefined: there are none. */
function certainPart(selectors: Selectors): Selectors | undefined {
  if (unsupportedIn(selectors).length === 0) return selectors;
  switch (selectors.of) {
    case 'everything':
      return selectors;
    case 'trail': {
      const it = {
        basic: selectors.it.basic.filter((selector) => newInBasic(selector).length === 0),
        advanced: selectors.it.advanced.filter((selector) => newInAdvanced(selector).length === 0),
      };
      // Without any, a trail would be taken to have the selector that AWS gives to new ones.
      return it.basic.length + it.advanced.length === 0 ? undefined : { of: 'trail', it };
    }
    case 'event-data-store':
      return { ...selectors, it: selectors.it.filter((selector) => newInAdvanced(selector).length === 0) };
  }
}

/** The selectors without what is not understood. */
function possiblePart(selectors: Selectors): Selectors {
  if (selectors.of === 'everything') return selectors;
  const { basic, advanced }: EventSelectors =
    selectors.of === 'trail' ? selectors.it : { basic: [], advanced: selectors.it };
  if (basic.some(mayTakeAnything) || advanced.some(mayTakeAnythingElse)) return { of: 'everything' };
  const loose = { basic: basic.map(loosenedBasic), advanced: advanced.map(loosened) };
  return selectors.of === 'trail' ? { of: 'trail', it: loose } : { of: 'event-data-store', it: loose.advanced };
}

function newInBasic({ readWriteType, unsupported = [] }: EventSelector): string[] {
  const type = readWriteTypes.has(readWriteType) ? [] : [`the read-write type ${readWriteType}`];
  return [...type, ...unsupported.map((name) => `the member ${name}`)];
}

function mayTakeAnything({ unsupported = [] }: EventSelector): boolean {
  return unsupported.length > 0;
}

function loosenedBasic(selector: EventSelector): EventSelector {
  return readWriteTypes.has(selector.readWriteType) ? selector : { ...selector, readWriteType: 'All' };
}

function newInAdvanced({ fieldSelectors, unsupported = [] }: AdvancedEventSelector): string[] {
  return [
    ...fieldSelectors.flatMap((it) => (isDocumentedField(it.field) ? [] : [`the field ${it.field}`])),
    ...fieldSelectors.flatMap(({ field, unsupported: operators = [] }) =>
      operators.map((name) => `the operator ${name} on ${field}`),
    ),
    ...fieldSelectors.flatMap((it) => newCategories(it).map((name) => `the event category ${name}`)),
    ...unsupported.map((name) => `the member ${name}`),
  ];
}

function newCategories({ field, equals }: FieldSelector): readonly string[] {
  return field === 'eventCategory' ? equals.filter((name) => !categories.has(name)) : [];
}

/** Fields that decide which kind of events a selector is about at all. */
const decisive = new Set(['eventCategory', 'resources.type']);

function mayTakeAnythingElse({ fieldSelectors, unsupported = [] }: AdvancedEventSelector): boolean {
  return (
    unsupported.length > 0 ||
    fieldSelectors.some((it) => newCategories(it).length > 0) ||
    fieldSelectors.some(({ field, unsupported: operators = [] }) => operators.length > 0 && decisive.has(field))
  );
}

function loosened(selector: AdvancedEventSelector): AdvancedEventSelector {
  const fieldSelectors = selector.fieldSelectors.filter(
    ({ field, unsupported = [] }) => isDocumentedField(field) && unsupported.length === 0,
  );
  return { ...selector, fieldSelectors };
}

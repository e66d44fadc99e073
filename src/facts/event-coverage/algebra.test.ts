import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anAccount, anInventory, aTrail, MANAGEMENT, trailArn } from '../../../test/support/inventory-builders.js';
import type { AdvancedEventSelector, EventSelector, EventSelectors, FieldSelector } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { sample, type EventSet } from './event-set.js';
import { type EventClass } from './event-class.js';
import { spaceOf } from './space-of.js';
import { knownEventsOf } from './known-events.js';
import { eventCoverages, type Loss } from './index.js';
import { outcomeIn, type Outcome } from './lost-events.js';
import type { EventSink } from './recording.js';
import { contains } from './string-set.js';

/** What a CloudTrail record says of an event, with the names that selectors use. */
type Event = Readonly<Record<string, string>>;

/** Whether selectors take an event, straight from AWS's description: no set algebra. */
function matches({ basic, advanced }: EventSelectors, event: Event): boolean {
  return basic.some((it) => matchesBasic(it, event)) || advanced.some((it) => matchesAdvanced(it, event));
}

function matchesBasic(selector: EventSelector, event: Event): boolean {
  const fits =
    selector.readWriteType === 'All' || (selector.readWriteType === 'ReadOnly') === (event['readOnly'] === 'true');
  if (!fits) return false;
  if (event['eventCategory'] === 'Management') {
    return (
      selector.includeManagementEvents && !selector.excludeManagementEventSources.includes(event['eventSource'] ?? '')
    );
  }
  if (event['eventCategory'] !== 'Data') return false;
  return selector.dataResources.some(
    (resource) =>
      resource.type === event['resources.type'] &&
      resource.values.some((value) => event['resources.ARN']?.startsWith(value)),
  );
}

function matchesAdvanced(selector: AdvancedEventSelector, event: Event): boolean {
  return selector.fieldSelectors.every((it) => {
    const value = event[it.field] ?? '';
    const selects = [
      ...it.equals.map((text) => value === text),
      ...it.startsWith.map((text) => value.startsWith(text)),
      ...it.endsWith.map((text) => value.endsWith(text)),
    ];
    const deselects = [
      ...it.notEquals.map((text) => value === text),
      ...it.notStartsWith.map((text) => value.startsWith(text)),
      ...it.notEndsWith.map((text) => value.endsWith(text)),
    ];
    return (selects.length === 0 || selects.includes(true)) && !deselects.includes(true);
  });
}

const source = fc.constantFrom('kms.amazonaws.com', 'rdsdata.amazonaws.com', 's3.amazonaws.com', 'iam.amazonaws.com');
const name = fc.constantFrom('PutObject', 'PutObjectAcl', 'GetObject', 'Decrypt');
const arn = fc.constantFrom(
  'arn:aws:s3:::logs/a',
  'arn:aws:s3:::logs-prod/a',
  'arn:aws:s3:::other/x',
  'arn:aws:s3:::logs/b/',
);
const start = fc.constantFrom(
  'arn:aws:s3',
  'arn:aws:s3:::',
  'arn:aws:s3:::logs',
  'arn:aws:s3:::logs/',
  'arn:aws:s3:::o',
);
const end = fc.constantFrom('/a', 'a', 'x', 'logs/a');

const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
const fixed = (field: string, value: string): FieldSelector => ({ ...none, field, equals: [value] });

function conditions(field: string, values: fc.Arbitrary<string>, starts = values, ends = values) {
  const few = (of: fc.Arbitrary<string>) => fc.array(of, { maxLength: 2 });
  return fc.record<FieldSelector>({
    field: fc.constant(field),
    equals: few(values),
    startsWith: few(starts),
    endsWith: few(ends),
    notEquals: few(values),
    notStartsWith: few(starts),
    notEndsWith: few(ends),
  });
}

const optional = fc
  .tuple(
    fc.option(conditions('eventSource', source), { nil: undefined }),
    fc.option(conditions('eventName', name, fc.constantFrom('Put', 'Get'), fc.constantFrom('Acl', 'Object')), {
      nil: undefined,
    }),
    fc.option(conditions('resources.ARN', arn, start, end), { nil: undefined }),
    fc.option(fc.boolean(), { nil: undefined }),
  )
  .map(([a, b, c, readOnly]) => ({
    rest: [a, b].flatMap((it) => it ?? []),
    arns: c === undefined ? [] : [c],
    readOnly: readOnly === undefined ? [] : [fixed('readOnly', String(readOnly))],
  }));

const advancedSelectors = fc
  .tuple(fc.boolean(), optional)
  .map(([isData, { rest, arns, readOnly }]): AdvancedEventSelector => ({
    fieldSelectors: isData
      ? [fixed('eventCategory', 'Data'), fixed('resources.type', 'AWS::S3::Object'), ...readOnly, ...rest, ...arns]
      : [fixed('eventCategory', 'Management'), ...readOnly, ...rest],
  }));

const basicSelectors = fc.record<EventSelector>({
  readWriteType: fc.constantFrom('All', 'ReadOnly', 'WriteOnly'),
  includeManagementEvents: fc.boolean(),
  excludeManagementEventSources: fc.uniqueArray(fc.constantFrom('kms.amazonaws.com', 'rdsdata.amazonaws.com')),
  dataResources: fc.array(
    fc.record({ type: fc.constant('AWS::S3::Object'), values: fc.array(start, { maxLength: 2 }) }),
    {
      maxLength: 1,
    },
  ),
});

const selectors: fc.Arbitrary<EventSelectors> = fc.oneof(
  fc.array(basicSelectors, { minLength: 1, maxLength: 3 }).map((basic) => ({ basic, advanced: [] })),
  fc.array(advancedSelectors, { minLength: 1, maxLength: 4 }).map((advanced) => ({ basic: [], advanced })),
);

const eventClass: fc.Arbitrary<EventClass> = fc.oneof(
  fc.record({ category: fc.constant('Management' as const), readOnly: fc.boolean() }),
  fc.record({
    category: fc.constant('Data' as const),
    resourceType: fc.constant('AWS::S3::Object'),
    readOnly: fc.boolean(),
  }),
);

const fields = fc.record({ eventSource: source, eventName: name, 'resources.ARN': arn });

function eventOf(it: EventClass, values: Event): Event {
  if (it.category === 'NetworkActivity') throw new Error('These tests are about other classes.');
  const common = { ...values, eventCategory: it.category, readOnly: String(it.readOnly) };
  // The objects of S3 have no other source.
  return it.category === 'Data'
    ? { ...common, eventSource: 's3.amazonaws.com', 'resources.type': it.resourceType }
    : common;
}

/** What an operation does is known by its name, whatever service it is said to be of: GetObject never writes. */
function canBe({ eventName }: Event, it: EventClass): boolean {
  if (it.category === 'NetworkActivity') return true;
  const isAmong = (of: EventClass) => knownEventsOf(of).some((known) => known.eventName === eventName);
  return isAmong(it) || !isAmong({ ...it, readOnly: !it.readOnly });
}

const here = { region: '*', isGlobalServicesRegion: false };

function sinkOf(it: EventSelectors, index = 0, isUnsure = false): EventSink {
  const recording = { region: '*', includesGlobalServices: true, selectors: { of: 'trail' as const, it } };
  return {
    kind: 'trail',
    arn: trailArn(`trail-${index}`),
    ...(isUnsure ? {} : { worst: recording }),
    best: recording,
    gaps: isUnsure ? [`gap-${index}`] : [],
    key: String(index),
  };
}

function outcomeOf(all: readonly EventSelectors[], it: EventClass, unsure: readonly boolean[] = []): Outcome {
  const sinks = all.map((selector, index) => sinkOf(selector, index, unsure[index] ?? false));
  return outcomeIn(here, sinks, it, spaceOf(it, 'aws'));
}

function holds(box: EventSet, event: Event): boolean {
  return [...box].every(([field, set]) => contains(set, event[field] ?? ''));
}

/** The losses that a policy sees of the management account, whose own trails these selectors are set on. */
function lossesOf(all: readonly EventSelectors[], it: EventClass): readonly Loss[] {
  if (it.category === 'NetworkActivity') throw new Error('These tests are about other classes.');
  const trails = all.map((eventSelectors, index) => aTrail({ name: `trail-${index}`, eventSelectors }));
  const inventory = anInventory({ trails });
  const [account = anAccount({ id: MANAGEMENT })] = inventory.accounts;
  const limits = { protectedOnly: false, eventDataStores: true };
  const coverage = eventCoverages(inventory, new FactGaps()).ofAccount(account, limits);
  const about = it.category === 'Data' ? coverage.data(it.resourceType) : coverage.management();
  return (it.readOnly ? about.readLosses : about.writeLosses).members;
}

const few = fc.array(selectors, { minLength: 1, maxLength: 3 });

describe('what selectors leave out', () => {
  test('are the events that none of them takes, each in one piece', () => {
    fc.assert(
      fc.property(few, eventClass, fields, (all, it, values) => {
        const event = eventOf(it, values);
        fc.pre(canBe(event, it));
        const pieces = outcomeOf(all, it).sure.filter((piece) => holds(piece.box, event));
        expect(pieces).toHaveLength(all.some((selector) => matches(selector, event)) ? 0 : 1);
      }),
      { numRuns: 1000 },
    );
  });

  test('have an event in each piece that none of them takes, and no event in two', () => {
    fc.assert(
      fc.property(few, eventClass, (all, it) => {
        const { sure, worst } = outcomeOf(all, it);
        expect(worst === 'full').toBe(sure.length === 0);
        for (const { box } of sure) {
          const values = sample(box, spaceOf(it, 'aws'));
          expect(values).toBeDefined();
          const defaults = {
            eventSource: 'new.amazonaws.com',
            eventName: 'New',
            'resources.ARN': 'arn:aws:s3:::new/new',
          };
          const event = eventOf(it, { ...defaults, ...Object.fromEntries(values ?? []) });
          expect(all.filter((selector) => matches(selector, event))).toEqual([]);
          expect(sure.filter((piece) => holds(piece.box, event))).toHaveLength(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are told with examples that none of them takes', () => {
    fc.assert(
      fc.property(few, eventClass, (all, it) => {
        // One with a `*` names no operation: none is known that fits.
        for (const { example } of lossesOf(all, it).filter((loss) => !loss.example.eventName.includes('*'))) {
          const { eventSource, eventName, resourceArn = '' } = example;
          const event = eventOf(it, { eventSource, eventName, 'resources.ARN': resourceArn });
          expect(all.filter((selector) => matches(selector, event))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('only shrink with one more trail', () => {
    fc.assert(
      fc.property(few, selectors, eventClass, fields, (all, more, it, values) => {
        const event = eventOf(it, values);
        const isLost = (some: readonly EventSelectors[]): boolean =>
          outcomeOf(some, it).sure.some((piece) => holds(piece.box, event));
        expect(!isLost(all) && isLost([...all, more])).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('do not depend on the order of selectors', () => {
    fc.assert(
      fc.property(selectors, eventClass, (it, about) => {
        const turned = { basic: it.basic.toReversed(), advanced: it.advanced.toReversed() };
        expect(outcomeOf([turned], about)).toEqual(outcomeOf([it], about));
      }),
      { numRuns: 300 },
    );
  });

  test('are not changed by what is unsure: a known answer never turns into another one', () => {
    fc.assert(
      fc.property(few, fc.array(fc.boolean(), { maxLength: 3 }), eventClass, fields, (all, unsure, it, values) => {
        const event = eventOf(it, values);
        const truth = outcomeOf(all, it).sure.some((piece) => holds(piece.box, event));
        const told = outcomeOf(all, it, unsure);
        const lost = told.sure.some((piece) => holds(piece.box, event));
        const doubtful = told.doubtful.filter((piece) => holds(piece.box, event));
        const possible = [...(lost || doubtful.length > 0 ? [true] : []), ...(lost ? [] : [false])];
        expect(possible).toContain(truth);
        expect(doubtful.filter((piece) => piece.gaps.length === 0)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('is everything for a trail that selects nothing, and nothing for one without selectors', () => {
    const management = { category: 'Management', readOnly: false } as const;
    expect(outcomeOf([{ basic: [], advanced: [{ fieldSelectors: [] }] }], management).worst).toBe('none');
    expect(outcomeOf([{ basic: [], advanced: [] }], management).worst).toBe('full');
  });
});

import {
  ABSENT,
  Duration,
  Timestamp,
  Unknown,
  ViewList,
  type Value,
  type ViewMap,
  type ViewObject,
} from '../expression/index.js';
import { describe, expect, test } from 'vitest';
import { anAccount, anInventory, aTrail, MANAGEMENT, MEMBER, unknown } from '../../test/support/inventory-builders.js';
import { plain, targetOf, valueAt } from '../../test/support/view-values.js';
import { buildView, viewFunctions } from './index.js';

const now = new Timestamp(Date.parse('2026-11-21T00:00:00Z'));
const hour = 3_600_000;

/** Calls the function of this name whose first parameter is of the type. */
function call(name: string, type: string, ...args: Value[]): unknown {
  const it = viewFunctions.find((candidate) => candidate.name === name && candidate.params[0] === type);
  if (it === undefined) throw new Error(`There is no ${name}(${type}, …).`);
  return plain(it.apply(args, () => now));
}

/** A sparse object, as fixtures have them: reading what was not written is an error. */
function sparse(type: string, values: Readonly<Record<string, Value>>): ViewObject {
  return {
    type,
    get(field) {
      const value = values[field];
      if (value === undefined) throw new Error(`${type}.${field} was not written.`);
      return value;
    },
    evidence: () => [],
  };
}

function sparseMap(values: Readonly<Record<string, Value>>): ViewMap {
  return { isMap: true, keys: Object.keys(values), get: (key) => values[key] ?? ABSENT };
}

describe('fresh', () => {
  const within = new Duration(24 * hour);
  test.each<[string, Value, unknown]>([
    ['just within', new Timestamp(now.milliseconds - 24 * hour), true],
    ['just over', new Timestamp(now.milliseconds - 24 * hour - 1), false],
    ['never', ABSENT, false],
    ['not read', new Unknown(['s']), { unknown: ['s'] }],
  ])('%s', (_, quietSince, expected) => {
    expect(call('fresh', 'Delivery', sparse('Delivery', { quietSince }), within)).toEqual(expected);
  });

  test('of a trail', () => {
    const trail = (it: Parameters<typeof aTrail>[0]) =>
      valueAt(targetOf(buildView(anInventory({ trails: [aTrail(it)] })), 'trail'), 'delivery.logs');
    expect(call('fresh', 'Delivery', trail({}), within)).toBe(true);
    expect(call('fresh', 'Delivery', trail({ status: unknown('s') }), within)).toEqual({ unknown: ['s'] });
  });
});

describe('coverage', () => {
  const account = sparse('Account', {
    coverage: 'all',
    trailCoverage: 'trails',
    protectedCoverage: 'protected',
    protectedTrailCoverage: 'protected trails',
    multiRegionCoverage: 'multi-Region',
    multiRegionTrailCoverage: 'multi-Region trails',
  });
  test.each([
    ['any', true, 'all'],
    ['any', false, 'trails'],
    ['protected', true, 'protected'],
    ['protected', false, 'protected trails'],
    ['multi-region', true, 'multi-Region'],
    ['multi-region', false, 'multi-Region trails'],
  ])('%s, event data stores: %s', (trails, stores, expected) => {
    expect(call('coverage', 'Account', account, trails, stores)).toBe(expected);
  });
});

describe('covers', () => {
  const excluding = {
    basic: [
      {
        readWriteType: 'All',
        includeManagementEvents: true,
        excludeManagementEventSources: ['kms.amazonaws.com'],
        dataResources: [],
      },
    ],
  };
  const view = buildView(anInventory({ trails: [aTrail({ eventSelectors: excluding })] }));
  const account = targetOf(view, 'account', MEMBER);

  test.each<[string, ViewObject]>([
    ['Account', account],
    ['Trail', targetOf(view, 'trail')],
    ['Region', valueAt(account, 'regions.0') as ViewObject], // the list holds Regions
  ])('%s', (type, subject) => {
    expect(call('covers', type, subject, 'Management', 'iam.amazonaws.com', 'CreateUser')).toBe(true);
    expect(call('covers', type, subject, 'Management', 'kms.amazonaws.com', 'ScheduleKeyDeletion')).toBe(false);
  });

  test('an account that could not be read', () => {
    const accounts = [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, ownTrails: unknown('denied') })];
    const unread = targetOf(buildView(anInventory({ accounts })), 'account', MEMBER);
    expect(call('covers', 'Account', unread, 'Management', 'iam.amazonaws.com', 'CreateUser')).toEqual({
      unknown: ['denied'],
    });
  });
});

describe('covers, of a fixture', () => {
  const loss = (eventSource: Value) => sparse('Loss', { eventSource });
  const none = new ViewList([]);
  const classes = (readLosses: Value, writeLosses: Value = none) =>
    sparse('ClassCoverage', { readLosses, writeLosses });
  const management = (it: Value) => sparse('Account', { coverage: sparse('EventCoverage', { management: it }) });
  const ask = (subject: ViewObject) => call('covers', 'Account', subject, 'Management', 'kms.amazonaws.com', 'Decrypt');

  test.each<[string, Value, unknown]>([
    ['nothing is lost', classes(none), true],
    ['another source is lost', classes(new ViewList([loss('iam.amazonaws.com')])), true],
    ['this source is lost', classes(none, new ViewList([loss('kms.amazonaws.com')])), false],
    ['any source may be lost', classes(new ViewList([loss('*')])), false],
    ['a loss of unknown source', classes(new ViewList([loss(new Unknown(['x']))])), { unknown: ['x'] }],
    [
      'a doubtful loss',
      classes(new ViewList([], [{ value: loss('*'), because: new Unknown(['d']) }])),
      { unknown: ['d'] },
    ],
    [
      'a doubtful loss of another source',
      classes(new ViewList([], [{ value: loss('iam.amazonaws.com'), because: new Unknown(['d']) }])),
      true,
    ],
    ['there may be more losses', classes(new ViewList([], [], new Unknown(['r']))), { unknown: ['r'] }],
    [
      'a loss decides, whatever else may be',
      classes(new ViewList([], [], new Unknown(['r'])), new ViewList([loss('*')])),
      false,
    ],
    ['losses were not read', classes(new Unknown(['l'])), { unknown: ['l'] }],
    ['management events were not read', new Unknown(['m']), { unknown: ['m'] }],
  ])('%s', (_, it, expected) => {
    expect(ask(management(it))).toEqual(expected);
  });

  test('coverage was not read', () => {
    expect(ask(sparse('Account', { coverage: new Unknown(['c']) }))).toEqual({ unknown: ['c'] });
  });

  test('data events of any resource type that is written', () => {
    const data = (it: Value) => sparse('Trail', { coverage: sparse('EventCoverage', { data: it }) });
    const askData = (it: Value) => call('covers', 'Trail', data(it), 'Data', 's3.amazonaws.com', 'PutObject');
    expect(askData(sparseMap({ 'AWS::S3::Object': classes(none) }))).toBe(true);
    expect(
      askData(
        sparseMap({ 'AWS::S3::Object': classes(none), 'AWS::Lambda::Function': classes(new ViewList([loss('*')])) }),
      ),
    ).toBe(false);
    expect(askData(new Unknown(['d']))).toEqual({ unknown: ['d'] });
  });

  test('network activity of the source', () => {
    const networkActivity = sparseMap({
      's3.amazonaws.com': sparse('NetworkCoverage', { losses: new ViewList([loss('*')]) }),
      'kms.amazonaws.com': sparse('NetworkCoverage', { losses: none }),
    });
    const trail = sparse('Trail', { coverage: sparse('EventCoverage', { networkActivity }) });
    const askNetwork = (source: string) => call('covers', 'Trail', trail, 'NetworkActivity', source, 'GetObject');
    expect([askNetwork('s3.amazonaws.com'), askNetwork('kms.amazonaws.com')]).toEqual([false, true]);
  });
});

describe('coversObject', () => {
  const field = (name: string, parts: object) => ({
    field: name,
    equals: [],
    startsWith: [],
    endsWith: [],
    notEquals: [],
    notStartsWith: [],
    notEndsWith: [],
    ...parts,
  });
  const ofObjects = (...conditions: readonly object[]) => ({
    basic: [],
    advanced: [
      {
        fieldSelectors: [
          field('eventCategory', { equals: ['Data'] }),
          field('resources.type', { equals: ['AWS::S3::Object'] }),
          ...conditions,
        ] as never,
      },
    ],
  });
  const account = (eventSelectors: NonNullable<NonNullable<Parameters<typeof aTrail>[0]>['eventSelectors']>) =>
    targetOf(buildView(anInventory({ trails: [aTrail({ eventSelectors })] })), 'account');
  const bucket = 'arn:aws:s3:::customer-data';
  const only = ofObjects(field('resources.ARN', { startsWith: [`${bucket}/`] }));
  const butOne = ofObjects(field('resources.ARN', { notStartsWith: [`${bucket}/scratch/`] }));
  const reads = ofObjects(field('readOnly', { equals: ['true'] }));

  test.each<[string, Parameters<typeof account>[0], string, string, unknown]>([
    ['a bucket that is selected', only, bucket, 'any', true],
    ['another bucket', only, 'arn:aws:s3:::customer', 'any', false],
    ['a bucket of which a part is left out', butOne, bucket, 'any', false],
    ['another part of it', butOne, `${bucket}/orders/`, 'any', true],
    ['a prefix with a star', butOne, `${bucket}/orders/*`, 'write', true],
    ['an object that is left out', butOne, `${bucket}/scratch/a`, 'read', false],
    ['an object that is not', butOne, `${bucket}/scratch`, 'read', true],
    ['reads where only these are selected', reads, bucket, 'read', true],
    ['writes then', reads, bucket, 'write', false],
    ['selectors that were refused', unknown('s'), bucket, 'any', { unknown: ['s'] }],
  ])('%s', (_, selectors, arn, access, expected) => {
    expect(call('coversObject', 'Account', account(selectors), arn, access)).toEqual(expected);
  });

  test.each<[string, Value, unknown]>([
    ['no loss', new ViewList([]), true],
    ['a loss elsewhere', new ViewList([sparse('Loss', { resourceArnPrefix: 'arn:aws:s3:::other/' })]), true],
    ['a loss below it', new ViewList([sparse('Loss', { resourceArnPrefix: `${bucket}/a/` })]), false],
    ['a loss anywhere', new ViewList([sparse('Loss', { resourceArnPrefix: ABSENT })]), false],
    ['losses that were not read', new Unknown(['s']), { unknown: ['s'] }],
  ])('of a fixture: %s', (_, writeLosses, expected) => {
    const data = sparseMap({ 'AWS::S3::Object': sparse('ClassCoverage', { writeLosses }) });
    const fixture = sparse('Account', { coverage: sparse('EventCoverage', { data }) });
    expect(call('coversObject', 'Account', fixture, bucket, 'write')).toEqual(expected);
  });

  test('refuses what is no ARN of objects', () => {
    const literal = viewFunctions.find((it) => it.name === 'coversObject')?.literal;
    expect(literal?.(1, bucket)).toBeUndefined();
    expect(literal?.(1, `${bucket}/orders/*`)).toBeUndefined();
    for (const text of [
      'customer-data',
      'arn:aws:s3:::a*',
      'arn:aws:lambda:us-east-1:111122223333:function:f',
      `${bucket}/a*`,
    ])
      expect(literal?.(1, text)?.help).toContain('arn:aws:s3:::BUCKET');
  });
});

test('of a lone event it is said only why no one is told of it: its name may be one of ours', () => {
  const event = (eventName: string, why = 'There is no trail.') =>
    sparse('AlarmedEvent', { eventName, why, firesAt: ABSENT, firesAtMost: ABSENT });
  const chain = (...events: ViewObject[]) => sparse('AlarmChain', { events: new ViewList(events) });
  const missed = (it: ViewObject): unknown => call('missedEvents', 'AlarmChain', it, 1, new ViewList(['StopLogging']));
  expect(missed(chain(event('RootUsage')))).toEqual(['There is no trail.']);
  expect(missed(chain(event('CreateTrail'), event('StopLogging')))).toEqual(['CreateTrail: There is no trail.']);
  expect(missed(chain(event('CreateTrail'), event('StopLogging'), event('DeleteTrail')))).toEqual([
    'CreateTrail, DeleteTrail: There is no trail.',
  ]);
});

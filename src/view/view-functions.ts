import {
  type ViewFunction,
  ABSENT,
  Duration,
  isViewObject,
  Timestamp,
  Unknown,
  type Value,
  type ViewObject,
} from '../expression/index.js';
import { allHold, type EventCategory } from '../facts/index.js';
import { alarmFunctions } from './alarm-functions.js';
import { coverageFact } from './coverage.js';
import { deliveryFact } from './delivery.js';
import { fromTri } from './convert.js';
import { wrongEventName, wrongEventSource } from './event-names.js';
import { coversByLosses, objectsByLosses } from './fixture-coverage.js';
import { allowsAdministration } from './allows-administration.js';
import { trustsOutside } from './trusts-outside.js';
import { objectAtom, s3Objects, wrongObjectArn } from './object-arn.js';

const fresh: ViewFunction = {
  name: 'fresh',
  params: ['Delivery', 'duration'],
  names: ['channel', 'within'],
  example: { target: 'trail', expr: "fresh(trail.delivery.logs, duration('24h'))" },
  returns: 'bool',
  meaning:
    'The channel delivered within this time, or the trail was started for the first time then and no error is told; in every account that sees it. False for a channel that is not configured or never began.',
  reads: ['Delivery.quietSince'],
  apply([delivery, within], now) {
    const object = objectOf(delivery);
    const fact = deliveryFact(object);
    if (fact !== undefined && within instanceof Duration) return fromTri(fact.isFresh(within.milliseconds), (it) => it);
    const since = object.get('quietSince');
    if (since === ABSENT) return false;
    if (!(since instanceof Timestamp) || !(within instanceof Duration)) return unknownOf(since);
    return now().milliseconds - since.milliseconds <= within.milliseconds;
  },
};

/** The fields that `coverage` chooses from: with event data stores, and without. */
const coverageFields: ReadonlyMap<unknown, readonly [withStores: string, alone: string]> = new Map([
  ['protected', ['protectedCoverage', 'protectedTrailCoverage']],
  ['multi-region', ['multiRegionCoverage', 'multiRegionTrailCoverage']],
]);

const coverage: ViewFunction = {
  name: 'coverage',
  params: ['Account', 'any | protected | multi-region', 'bool'],
  names: ['account', 'trails', 'eventDataStores'],
  example: { target: 'account', expr: "coverage(account, 'protected', false).management.write == 'full'" },
  returns: 'EventCoverage',
  meaning:
    "What is recorded of the account's events: by any trail, only by what its administrators cannot stop, or only by what is set to record every Region; with or without event data stores.",
  reads: [
    'Account.coverage',
    'Account.protectedCoverage',
    'Account.multiRegionCoverage',
    'Account.trailCoverage',
    'Account.protectedTrailCoverage',
    'Account.multiRegionTrailCoverage',
  ],
  apply([account, trails, eventDataStores]) {
    const [withStores, alone] = coverageFields.get(trails) ?? ['coverage', 'trailCoverage'];
    return objectOf(account).get(eventDataStores === true ? withStores : alone);
  },
};

type Covering = 'Account' | 'Region' | 'Trail' | 'EventDataStore';

const variableOf = { Account: 'account', Region: 'region', Trail: 'trail', EventDataStore: 'eventDataStore' } as const;
const exampleTarget = {
  Account: 'account',
  Region: 'account',
  Trail: 'trail',
  EventDataStore: 'event-data-store',
} as const;

function covers(type: Covering): ViewFunction {
  return {
    name: 'covers',
    params: [type, 'Management | Data | NetworkActivity', 'string', 'string'],
    names: [variableOf[type], 'category', 'eventSource', 'eventName'],
    example: {
      target: exampleTarget[type],
      expr:
        type === 'Region'
          ? "account.regions.all(region, covers(region, 'Management', 'kms.amazonaws.com', 'ScheduleKeyDeletion'))"
          : `covers(${variableOf[type]}, 'Management', 'kms.amazonaws.com', 'ScheduleKeyDeletion')`,
    },
    returns: 'bool',
    meaning: 'Each event of this category, event source and name is recorded, read and write where both may be.',
    reads: [`${type}.coverage`],
    literal: (index, text) => {
      if (index === 2) return wrongEventSource(text);
      return index === 3 ? wrongEventName(text) : undefined;
    },
    apply([subject, category, eventSource, eventName]) {
      const it = objectOf(subject).get('coverage');
      if (typeof it !== 'object' || !isViewObject(it)) return unknownOf(it);
      if (!isCategory(category) || typeof eventSource !== 'string' || typeof eventName !== 'string') {
        throw new TypeError('covers() was called with what its parameters do not take.');
      }
      const fact = coverageFact(it);
      if (fact === undefined) return coversByLosses(it, category, eventSource);
      return fromTri(fact.covers(category, eventSource, eventName), (value) => value);
    },
  };
}

/** Whether the events on objects of a named bucket are recorded: of all, below a prefix, or of one. */
function coversObject(type: 'Account' | 'Trail'): ViewFunction {
  const name = variableOf[type];
  return {
    name: 'coversObject',
    params: [type, 'string', 'read | write | any'],
    names: [name, 'arn', 'access'],
    example: { target: exampleTarget[type], expr: `coversObject(${name}, 'arn:aws:s3:::customer-data', 'any')` },
    returns: 'bool',
    meaning:
      'Each data event on objects of this bucket is recorded: on all for the ARN of a bucket, on those below a prefix that ends with a slash, else on one object.',
    reads: [`${type}.coverage`],
    literal: (index, text) => (index === 1 ? wrongObjectArn(text) : undefined),
    apply([subject, arn, access]) {
      const it = objectOf(subject).get('coverage');
      if (typeof it !== 'object' || !isViewObject(it)) return unknownOf(it);
      if (typeof arn !== 'string')
        throw new TypeError('coversObject() was called with what its parameters do not take.');
      const readOnlys = access === 'any' ? [true, false] : [access === 'read'];
      const fact = coverageFact(it);
      if (fact === undefined) return objectsByLosses(it, objectAtom(arn).value, readOnlys);
      const asked = { resourceType: s3Objects, arn: objectAtom(arn) };
      return fromTri(
        allHold(readOnlys.map((readOnly) => fact.coversObjects({ ...asked, readOnly }))),
        (value) => value,
      );
    },
  };
}

/** The functions of the policy language that know CloudTrail; of one name, which one is meant follows from the type. */
export const viewFunctions: readonly ViewFunction[] = [
  fresh,
  coverage,
  covers('Account'),
  covers('Region'),
  covers('Trail'),
  covers('EventDataStore'),
  coversObject('Account'),
  coversObject('Trail'),
  ...alarmFunctions,
  trustsOutside,
  allowsAdministration,
];

function isCategory(value: Value | undefined): value is EventCategory {
  return value === 'Management' || value === 'Data' || value === 'NetworkActivity';
}

/** The checker lets only objects through where one is due. */
function objectOf(value: Value | undefined): ViewObject {
  if (typeof value === 'object' && isViewObject(value)) return value;
  throw new TypeError('A function of the View was called without its object.');
}

function unknownOf(value: Value): Unknown {
  return value instanceof Unknown ? value : new Unknown([]);
}

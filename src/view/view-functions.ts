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
import type { EventCategory } from '../facts/index.js';
import { alarmFunctions } from './alarm-functions.js';
import { coverageFact } from './coverage.js';
import { deliveryFact } from './delivery.js';
import { fromTri } from './convert.js';
import { coversByLosses } from './fixture-coverage.js';

const fresh: ViewFunction = {
  name: 'fresh',
  params: ['Delivery', 'duration'],
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
    return now.milliseconds - since.milliseconds <= within.milliseconds;
  },
};

const coverage: ViewFunction = {
  name: 'coverage',
  params: ['Account', 'any | protected', 'bool'],
  returns: 'EventCoverage',
  meaning:
    "What is recorded of the account's events: by any trail, or only by what its administrators cannot stop; with or without event data stores.",
  reads: ['Account.coverage', 'Account.protectedCoverage', 'Account.trailCoverage', 'Account.protectedTrailCoverage'],
  apply([account, trails, eventDataStores]) {
    const isProtected = trails === 'protected';
    if (eventDataStores === true) return objectOf(account).get(isProtected ? 'protectedCoverage' : 'coverage');
    return objectOf(account).get(isProtected ? 'protectedTrailCoverage' : 'trailCoverage');
  },
};

function covers(type: 'Account' | 'Region' | 'Trail' | 'EventDataStore'): ViewFunction {
  return {
    name: 'covers',
    params: [type, 'Management | Data | NetworkActivity', 'string', 'string'],
    returns: 'bool',
    meaning: 'Each event of this category, event source and name is recorded, read and write where both may be.',
    reads: [`${type}.coverage`],
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

/** The functions of the policy language that know CloudTrail; of one name, which one is meant follows from the type. */
export const viewFunctions: readonly ViewFunction[] = [
  fresh,
  coverage,
  covers('Account'),
  covers('Region'),
  covers('Trail'),
  covers('EventDataStore'),
  ...alarmFunctions,
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

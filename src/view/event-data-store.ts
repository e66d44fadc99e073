import type { EventDataStore, EventDataStoreDetails } from '../model/inventory.js';
import { evidenceOfCoverage } from './account-evidence.js';
import { fromTri, orAbsent, required, texts } from './convert.js';
import { coverageOf } from './coverage.js';
import { destinations } from './destinations.js';
import { allEvidenceOf, derived, evidenceOf, fields, observed } from './fields.js';
import { given, knownOneOf } from './given.js';
import { accountsOfStore } from './membership.js';
import type { Field, Shape } from './object.js';
import { advancedEventSelectors, newerIn } from './selectors.js';
import type { World } from './world.js';
import { ABSENT, type Value } from '../expression/index.js';

const read = ['cloudtrail:GetEventDataStore'];

/** Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventDataStore.html */
const statuses: ReadonlySet<string> = new Set([
  'CREATED',
  'ENABLED',
  'PENDING_DELETION',
  'STARTING_INGESTION',
  'STOPPING_INGESTION',
  'STOPPED_INGESTION',
]);

/** What the owner's list of stores tells. */
function listed(show: (it: EventDataStore) => Value): Field<EventDataStore> {
  return derived((store, { lookup }) => {
    const owner = lookup.account(store.accountId);
    return [owner === undefined ? [] : evidenceOf(owner, ['cloudtrail:ListEventDataStores'])];
  }, show);
}

function details(show: (it: EventDataStoreDetails) => Value): Field<EventDataStore> {
  return observed(read, (store) => required(store.details, ABSENT, show));
}

/** A member of GetEventDataStore's answer that it may have lacked. */
function member(name: string, show: (it: EventDataStoreDetails) => Value | undefined): Field<EventDataStore> {
  return observed(read, ({ details: told, arn, accountId, region }, world) =>
    required(told, ABSENT, (it) =>
      given(show(it), name, { call: 'cloudtrail:GetEventDataStore', accountId, region, resource: arn }, world),
    ),
  );
}

/** Above it, evidence names the store alone, and not all that it was compared with. */
const comparedSinks = 100;

function evidenceOfOthers(store: EventDataStore, world: World): readonly (readonly string[])[] {
  const owner = world.lookup.account(store.accountId);
  const own = allEvidenceOf(store);
  if (owner === undefined) return [own];
  const all = world.coverages.ofAccount(owner, { protectedOnly: false, eventDataStores: true });
  return all.sinks.length > comparedSinks ? [own] : [own, ...evidenceOfCoverage(owner, all, world)];
}

export const eventDataStoreShape: Shape<EventDataStore> = {
  type: 'EventDataStore',
  label: (store) => store.arn,
  cause: (store, field) => ({ targetType: 'event-data-store', id: store.arn, field }),
  fields: fields<EventDataStore>({
    arn: listed((store) => store.arn),
    name: listed((store) => store.name),
    accountId: listed((store) => store.accountId),
    region: listed((store) => store.region),
    retentionPeriod: member('RetentionPeriod', (it) => it.retentionPeriod),
    kmsKeyId: details((it) => orAbsent(it.kmsKeyId)),
    multiRegionEnabled: details((it) => it.multiRegionEnabled),
    organizationEnabled: details((it) => it.organizationEnabled),
    terminationProtectionEnabled: member('TerminationProtectionEnabled', (it) => it.terminationProtectionEnabled),
    status: observed(read, ({ details: told, arn, accountId, region }, world) =>
      required(told, ABSENT, (it) => {
        const place = { call: 'cloudtrail:GetEventDataStore', accountId, region, resource: arn };
        return knownOneOf(statuses, it.status, `Event data store ${arn} is in the status`, place, world);
      }),
    ),
    billingMode: details((it) => orAbsent(it.billingMode)),
    advancedEventSelectors: observed(read, (store, world, self) =>
      required(store.details, ABSENT, (it) =>
        advancedEventSelectors(it.advancedEventSelectors, self, newerIn(store, 'cloudtrail:GetEventDataStore', world)),
      ),
    ),
    coverage: derived(
      (store) => [allEvidenceOf(store)],
      (store, world, self) => coverageOf(world.coverages.ofEventDataStore(store), self, 'coverage', world),
    ),
    isIngesting: derived(
      (store) => [allEvidenceOf(store)],
      (store, { coverages }) => fromTri(coverages.isIngesting(store), (it) => it),
    ),
    supersededBy: derived(evidenceOfOthers, (store, { coverages }) => texts(coverages.storeSupersededBy(store))),
    ...destinations('event-data-store'),
    accounts: derived((store) => [evidenceOf(store, read)], accountsOfStore),
  }),
};

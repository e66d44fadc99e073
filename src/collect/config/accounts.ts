import type { Account, EventDataStore, Organization, Trail } from '../../model/inventory.js';
import { known, type Unknown } from '../../model/known.js';
import { toldOf } from '../../model/told.js';
import { scopeOf, type ScopeAnswer, type ScopeOptions } from '../organization/scope.js';
import type { PlacedAccount } from '../organization/survey.js';
import type { RecordedBlock } from './buckets.js';
import type { Reading } from './reading.js';
import type { RecordersOf } from './regional-recorders.js';
import { storesOf, type RecordedStores } from './stores.js';
import type { RecordedTrails } from './trails.js';
import { byId } from '../../text/order.js';

/** Which accounts the items speak of, and what is known to be missing. */
export interface RecordedCoverage {
  readonly accounts: readonly PlacedAccount[];
  /** Why nothing of an account was read; undefined when its items were. */
  readonly unreadable: (accountId: string) => Unknown | undefined;
  /** Why an account may have trails, or be recorded by one, that no item tells of. */
  readonly missing: (accountId: string) => Unknown | undefined;
  /** Why an account is not evaluated, other than its scope. */
  readonly stranger: (accountId: string) => string | undefined;
  /** What is known of an account's recorders; undefined: nobody asks. */
  readonly recorders: RecordersOf | undefined;
  /** Accounts whose Regions were asked for. */
  readonly regions?: Account['regions'];
}

export interface Accounts {
  readonly accounts: readonly Account[];
  /** Those of accounts in scope, and what is the organization's. */
  readonly trails: readonly Trail[];
  readonly stores: readonly EventDataStore[];
}

/** What was recorded, whoever owns it. */
export interface Recorded {
  readonly trails: RecordedTrails;
  readonly stores: RecordedStores;
}

/** The accounts as items show them: what each owns, and which organization trails may record it. */
export function accountsOf(
  reading: Reading,
  reach: RecordedCoverage,
  { trails: recorded, stores: recordedStores }: Recorded,
  scope: ScopeOptions,
  organization: Organization | null,
): Accounts {
  const organizationTrails = recorded.trails.filter((trail) => mayBeOrganizations(trail, organization));
  const byOwner = new Map<string, string[]>();
  for (const { accountId, arn } of recorded.trails) byOwner.set(accountId, [...(byOwner.get(accountId) ?? []), arn]);
  const accounts = reach.accounts.map((account): Account => {
    const { id, parents } = account;
    const stranger = reach.stranger(id);
    const standing: ScopeAnswer =
      stranger === undefined ? scopeOf(account, parents, scope) : { is: 'out', reason: stranger };
    const { notRecorded } = reading;
    const common = { ...account, regions: reach.regions ?? notRecorded.gap('account:ListRegions') };
    const publicAccessBlock = notRecorded.gap('s3control:GetPublicAccessBlock');
    if (standing.is === 'out') {
      const ownTrails = notRecorded.gap('account:ListRegions');
      return { ...common, outOfScope: standing.reason, ownTrails, observedTrails: [], publicAccessBlock, evidence: {} };
    }
    const unread = standing.is === 'unknown' ? standing.gap : reach.unreadable(id);
    if (unread !== undefined) {
      return {
        ...common,
        ownTrails: unread,
        observedTrails: [],
        regions: unread,
        publicAccessBlock: unread,
        ...(reach.recorders === undefined ? {} : { recorders: [], recordersGap: unread.gap }),
        evidence: {},
      };
    }
    const others = organizationTrails.filter((trail) => trail.accountId !== id);
    const missing = recorded.gap ?? reach.missing(id);
    const asksStores = organization === null || organization.managementAccountId === id;
    const eventDataStores = storesOf(reading, id, recordedStores, asksStores);
    const [list] = Object.values(recorded.evidence);
    const [storeList] = Object.values(recordedStores.evidence);
    return {
      ...common,
      ownTrails: known((byOwner.get(id) ?? []).toSorted()),
      ...(missing === undefined ? {} : { ownTrailsGap: missing.gap }),
      observedTrails: others.map(({ arn }) => ({
        trailArn: arn,
        status: notRecorded.gap('cloudtrail:GetTrailStatus'),
        evidence: {},
      })),
      ...(eventDataStores === undefined ? {} : { eventDataStores }),
      publicAccessBlock,
      ...reach.recorders?.(id),
      evidence: {
        ...(list === undefined ? {} : { 'cloudtrail:ListTrails': list }),
        ...(storeList === undefined || eventDataStores === undefined
          ? {}
          : { 'cloudtrail:ListEventDataStores': storeList }),
      },
    };
  });
  const inScope = new Set(accounts.flatMap((it) => (it.outOfScope === undefined ? it.id : [])));
  const trails = recorded.trails.filter((it) => inScope.has(it.accountId) || organizationTrails.includes(it));
  const stores = recordedStores.stores.filter(
    ({ accountId, details: it }) => inScope.has(accountId) || it.state !== 'known' || it.value.organizationEnabled,
  );
  return { accounts: accounts.toSorted(byId), trails, stores };
}

/** Only the management account owns organization trails; which account that is, is not known without an organization. */
function mayBeOrganizations(trail: Trail, organization: Organization | null): boolean {
  const { accountId } = trail;
  const it = toldOf(trail);
  if (it.state === 'known' && it.value.isOrganizationTrail !== undefined) return it.value.isOrganizationTrail;
  return organization === null || organization.managementAccountId === accountId;
}

/** The accounts with the Block Public Access of those that own log buckets. */
export function withBlocks(accounts: readonly Account[], blocks: ReadonlyMap<string, RecordedBlock>): Account[] {
  return accounts.map((account) => {
    const block = blocks.get(account.id);
    if (block === undefined) return account;
    return { ...account, publicAccessBlock: block.it, evidence: { ...account.evidence, ...block.evidence } };
  });
}

/** The organization, with the gap of trails that its management account may have besides. */
export function withTrailsGap(organization: Organization, accounts: readonly Account[]): Organization {
  const manager = accounts.find((it) => it.id === organization.managementAccountId);
  const gap = manager?.ownTrails.state === 'unknown' ? manager.ownTrails.gap : manager?.ownTrailsGap;
  return gap === undefined ? organization : { ...organization, trailsGap: gap };
}

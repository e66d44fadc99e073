import { parseArn } from '../../model/identifiers.js';
import type { Account, EventDataStore, Inventory, Key, Trail } from '../../model/inventory.js';
import { onlyOwnerTells } from '../../model/naming.js';
import { creditsOf, observedStatus, type Credit } from '../credits.js';
import type { FactGaps } from '../fact-gaps.js';
import { keyTrouble } from '../key-use.js';
import { doubt } from '../three-valued.js';
import type { EventSink, Recording } from './recording.js';
import { storeSink, type StoreSurroundings } from './store-sink.js';
import { trailSink } from './trail-sink.js';
import { selectorGaps, understood } from './unsupported.js';
import { byText } from '../../text/order.js';

/** Which sinks count. */
export interface CoverageLimits {
  /** Only those that the account's own administrators cannot stop. */
  readonly protectedOnly: boolean;
  /** Only those that are set to record every Region, those that are enabled later too. */
  readonly multiRegionOnly?: boolean;
  readonly eventDataStores: boolean;
}

/** Finds what records for an account. Made once for an inventory. */
interface SinkIndex {
  ofAccount(account: Account, limits: CoverageLimits): readonly EventSink[];
  ofTrail(trail: Trail): readonly EventSink[];
  ofStore(store: EventDataStore): readonly EventSink[];
}

const everything: Recording = { region: '*', includesGlobalServices: true, selectors: { of: 'everything' } };

export function indexSinks(inventory: Inventory, gaps: FactGaps): SinkIndex {
  const { organization, capturedAt: now } = inventory;
  const reading = { at: now, gaps };
  const trails = new Map(inventory.trails.map((trail) => [trail.arn, trail]));
  const trailsByOwner = byOwner(inventory.trails);
  const storesByOwner = byOwner(inventory.eventDataStores);
  const sharedStores = inventory.eventDataStores.filter((store) => mayBeOrganizations(store, inventory));

  const noteStore = (store: EventDataStore, message: string): string =>
    gaps.add({
      call: 'cloudtrail:GetEventDataStore',
      accountId: store.accountId,
      region: store.region,
      resource: store.arn,
      reason: 'unsupported',
      message,
      at: now,
    });

  const noteKey = (store: EventDataStore, resource: string, message: string): string =>
    gaps.add({
      call: 'kms:DescribeKey',
      accountId: parseArn(resource)?.accountId ?? store.accountId,
      region: store.region,
      resource,
      reason: 'unsupported',
      message,
      at: now,
    });
  const surroundings: StoreSurroundings = {
    noteGap: noteStore,
    keyArn: (store, name) => inventory.keys.find((it) => isNamed(it, name, store))?.arn ?? name,
    keyTrouble(store, name) {
      const key = inventory.keys.find((it) => isNamed(it, name, store));
      if (key === undefined) {
        return doubt([noteKey(store, name, `The inventory tells nothing of key ${name}, which ${store.arn} names.`)]);
      }
      return keyTrouble(key, (state) =>
        noteKey(store, key.arn, `Whether a key in state ${state} can encrypt is not known to this version.`),
      );
    },
  };
  const noteSelectors = selectorGaps(gaps, now);
  const asUnderstood = (sink: EventSink): EventSink => understood(sink, noteSelectors);

  const noteProtection = (account: Account): string =>
    gaps.add({
      call: 'organizations:ListPolicies',
      accountId: organization?.managementAccountId ?? account.id,
      region: 'global',
      reason: 'unsupported',
      message: 'Service control policies are not read yet: whether an account can stop its own trails is not known.',
      at: now,
    });

  const unprotected = (sink: EventSink, account: Account): EventSink => {
    const { worst: _, ...rest } = sink;
    if (rest.best === undefined) return sink;
    return { ...rest, gaps: union(rest.gaps, [noteProtection(account)]), key: `${rest.key} unprotected` };
  };

  const ownTrails = (account: Account, limits: CoverageLimits): EventSink[] =>
    (trailsByOwner.get(account.id) ?? []).flatMap((trail) => {
      const sink = counts(trail, limits) ? trailSink(trail, reading) : undefined;
      if (sink === undefined) return [];
      const { description } = trail;
      const isOrganizations =
        organization !== null && description.state === 'known' && description.value.isOrganizationTrail;
      return [limits.protectedOnly && !isOrganizations ? unprotected(sink, account) : sink];
    });

  const creditedTrails = (account: Account, limits: CoverageLimits): EventSink[] =>
    creditsOf(account, inventory, gaps).flatMap((credit) => {
      const trail = trails.get(credit.trailArn);
      if (trail === undefined) return unread(credit, inventory, gaps);
      if (!counts(trail, limits)) return [];
      const status = observedStatus(account, credit.trailArn);
      return trailSink(trail, reading, { accountId: account.id, credit, status }) ?? [];
    });

  const stores = (account: Account, limits: CoverageLimits): EventSink[] => {
    const own = storesByOwner.get(account.id) ?? [];
    const others = sharedStores.filter((store) => store.accountId !== account.id);
    return [
      ...own.flatMap((store) => {
        const sink = storeCounts(store, limits) ? storeSink(store, surroundings) : undefined;
        if (sink === undefined) return [];
        const { details } = store;
        const isOrganizations = details.state === 'known' && details.value.organizationEnabled;
        return [limits.protectedOnly && !isOrganizations ? unprotected(sink, account) : sink];
      }),
      ...others.flatMap((store) => (storeCounts(store, limits) ? (storeSink(store, surroundings) ?? []) : [])),
    ];
  };

  return {
    ofAccount(account, limits) {
      const unseen = [
        account.ownTrails.state === 'unknown' ? account.ownTrails.gap : account.ownTrailsGap,
        // The management account's own list of trails has the organization's.
        account.id === organization?.managementAccountId ? undefined : organization?.trailsGap,
      ];
      if (limits.eventDataStores) {
        unseen.push(organization?.eventDataStoresGap);
        if (account.eventDataStores?.state === 'unknown') unseen.push(account.eventDataStores.gap);
      }
      return [
        ...ownTrails(account, limits),
        ...creditedTrails(account, limits),
        ...(limits.eventDataStores ? stores(account, limits) : []),
        ...[...new Set(unseen)].flatMap((gap) => (gap === undefined ? [] : unseenSink(gap))),
      ]
        .map(asUnderstood)
        .toSorted((a, b) => byText(a.arn + a.key, b.arn + b.key));
    },
    ofTrail(trail) {
      const sink = trailSink(trail, reading);
      return sink === undefined ? [] : [asUnderstood(sink)];
    },
    ofStore(store) {
      const sink = storeSink(store, surroundings);
      return sink === undefined ? [] : [asUnderstood(sink)];
    },
  };
}

/** What is not known to be of one Region counts for as much as is known of it. */
function counts({ description }: Trail, { multiRegionOnly = false }: CoverageLimits): boolean {
  return !multiRegionOnly || description.state !== 'known' || description.value.isMultiRegionTrail;
}

function storeCounts({ details }: EventDataStore, { multiRegionOnly = false }: CoverageLimits): boolean {
  return !multiRegionOnly || details.state !== 'known' || details.value.multiRegionEnabled;
}

/** An id or alias is one of the account and Region that it is used in; an ARN says so itself. */
function isNamed(key: Key, name: string, { accountId, region }: EventDataStore): boolean {
  if (key.arn === name) return true;
  return (
    key.names.includes(name) && (name.startsWith('arn:') || (key.accountId === accountId && key.region === region))
  );
}

function byOwner<T extends { readonly accountId: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const it of all) {
    const group = groups.get(it.accountId);
    if (group === undefined) groups.set(it.accountId, [it]);
    else group.push(it);
  }
  return groups;
}

/** There may be a sink that no one told of: it may record everything. */
function unseenSink(gap: string): EventSink {
  return { kind: 'unseen', arn: '', best: everything, gaps: [gap], key: `unseen ${gap}` };
}

/** A trail that an account sees, and of which nothing else could be read. */
function unread(credit: Credit, inventory: Inventory, gaps: FactGaps): EventSink[] {
  const { trailArn, grade } = credit;
  if (grade === 'refuted' || credit.isLogging === false) {
    const reason = grade === 'refuted' ? 'credit-refuted' : 'not-logging';
    return [{ kind: 'trail', arn: trailArn, gaps: [], idle: { reason }, key: `${trailArn} ${reason}` }];
  }
  const gap = noteUnread(trailArn, inventory, gaps);
  const all = union(credit.gaps, [gap]);
  return [{ kind: 'trail', arn: trailArn, best: everything, gaps: all, key: JSON.stringify([trailArn, all]) }];
}

/** Says that a trail which accounts see could not be read anywhere, and returns the id of that gap. */
export function noteUnread(trailArn: string, inventory: Inventory, gaps: FactGaps): string {
  const { accountId = 'unknown', region = 'unknown' } = parseArn(trailArn) ?? {};
  return gaps.add({
    call: 'cloudtrail:DescribeTrails',
    accountId,
    region,
    resource: trailArn,
    reason: 'not-collected',
    message: onlyOwnerTells(trailArn),
    at: inventory.capturedAt,
  });
}

/** A store of another account records here when it is the organization's; one that could not be read may be. */
function mayBeOrganizations({ accountId, details }: EventDataStore, { organization }: Inventory): boolean {
  if (organization === null) return false;
  switch (details.state) {
    case 'known':
      return details.value.organizationEnabled;
    case 'absent':
      return false;
    case 'unknown': {
      const { delegatedAdministrators: administrators, managementAccountId } = organization;
      if (accountId === managementAccountId) return true;
      return (
        administrators.state === 'unknown' ||
        (administrators.state === 'known' && administrators.value.includes(accountId))
      );
    }
  }
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].toSorted();
}

import { isOptInRegion, isPartition, parseArn } from '../model/identifiers.js';
import type { Account, Inventory, ObservedTrail, Trail, TrailStatus } from '../model/inventory.js';
import type { FactGaps } from './fact-gaps.js';

/**
 * How far an organization trail of another account is known to record in an account. Observed: this account's own
 * answer; inferred: it could not be asked; refuted: it knows no such trail, or cannot have it.
 */
export interface Credit {
  readonly trailArn: string;
  readonly grade: 'observed' | 'inferred' | 'refuted';
  readonly isLogging?: boolean;
  readonly latestDeliveryError?: string;
  readonly latestCloudWatchLogsDeliveryError?: string;
  readonly why: string;
  /** Gaps for which an inferred credit is not observed; empty for the other grades. */
  readonly gaps: readonly string[];
}

/** The credits of an account: one for each organization trail that another account owns, sorted by ARN. */
export function creditsOf(account: Account, inventory: Inventory, gaps: Pick<FactGaps, 'add'>): readonly Credit[] {
  const arns = new Set(
    trailsOfOrganization(inventory)
      .filter(({ owner }) => owner !== account.id)
      .map(({ arn }) => arn),
  );
  for (const { trailArn } of account.observedTrails) {
    if (parseArn(trailArn)?.accountId !== account.id) arns.add(trailArn);
  }
  return [...arns].toSorted().map((arn) => creditOf(arn, account, inventory, gaps));
}

/** The status of an organization trail as this account sees it; undefined when it told none. */
export function observedStatus(account: Account, trailArn: string): TrailStatus | undefined {
  const status = account.observedTrails.find((it) => it.trailArn === trailArn)?.status;
  return status?.state === 'known' ? status.value : undefined;
}

function creditOf(trailArn: string, account: Account, inventory: Inventory, gaps: Pick<FactGaps, 'add'>): Credit {
  const homeRegion = parseArn(trailArn)?.region ?? '';
  const observed = account.observedTrails.find((it) => it.trailArn === trailArn);
  const told = toldBy(observed);
  const { regions } = account;
  const isOptIn = isPartition(inventory.partition) && isOptInRegion(inventory.partition, homeRegion);
  const isEnabledHere =
    regions.state === 'known' &&
    regions.value.some((it) => it.name === homeRegion && /^ENABLED(?:_BY_DEFAULT)?$/.test(it.optStatus));
  if (isOptIn && regions.state === 'known' && !isEnabledHere) {
    const why = `Its home Region ${homeRegion} is an opt-in Region that account ${account.id} has not enabled: it records nothing there.`;
    return { trailArn, grade: 'refuted', why, gaps: [] };
  }
  if (observed?.status.state === 'absent') {
    return { trailArn, grade: 'refuted', why: `Account ${account.id} knows no such trail.`, gaps: [] };
  }
  if (observed?.status.state === 'known') {
    if (isOptIn && regions.state === 'unknown') {
      const why = `Whether account ${account.id} has its home Region ${homeRegion} enabled could not be read.`;
      return { trailArn, grade: 'inferred', ...told, why, gaps: [regions.gap] };
    }
    return { trailArn, grade: 'observed', ...told, why: `Account ${account.id} itself reported its status.`, gaps: [] };
  }
  const why = `Account ${account.id} did not give its status: only the organization's side of it is known.`;
  return { trailArn, grade: 'inferred', why, gaps: whyNotAsked(trailArn, account, inventory, observed, gaps) };
}

function toldBy(
  observed: ObservedTrail | undefined,
): Pick<Credit, 'isLogging' | 'latestDeliveryError' | 'latestCloudWatchLogsDeliveryError'> {
  if (observed?.status.state !== 'known') return {};
  const { isLogging, latestDeliveryError, latestCloudWatchLogsDeliveryError } = observed.status.value;
  return {
    isLogging,
    ...(latestDeliveryError === undefined ? {} : { latestDeliveryError }),
    ...(latestCloudWatchLogsDeliveryError === undefined ? {} : { latestCloudWatchLogsDeliveryError }),
  };
}

function whyNotAsked(
  trailArn: string,
  account: Account,
  inventory: Inventory,
  observed: ObservedTrail | undefined,
  gaps: Pick<FactGaps, 'add'>,
): readonly string[] {
  if (observed?.status.state === 'unknown') return [observed.status.gap];
  if (account.ownTrails.state === 'unknown') return [account.ownTrails.gap];
  if (inventory.organization?.trailsGap !== undefined) return [inventory.organization.trailsGap];
  const gap = gaps.add({
    call: 'cloudtrail:GetTrailStatus',
    accountId: account.id,
    region: parseArn(trailArn)?.region ?? 'unknown',
    resource: trailArn,
    reason: 'not-collected',
    message: 'The status of the organization trail was not read in this account.',
    at: inventory.capturedAt,
  });
  return [gap];
}

interface Candidate {
  readonly arn: string;
  readonly owner: string;
}

const candidates = new WeakMap<Inventory, readonly Candidate[]>();

/** Trails that are the organization's, or may be: one is always owned by the management account. */
function trailsOfOrganization(inventory: Inventory): readonly Candidate[] {
  let found = candidates.get(inventory);
  if (found === undefined) {
    found = inventory.trails
      .filter((trail) => mayBeOrganizations(trail, inventory))
      .map(({ arn, accountId }) => ({ arn, owner: accountId }));
    candidates.set(inventory, found);
  }
  return found;
}

function mayBeOrganizations({ accountId, description }: Trail, { organization }: Inventory): boolean {
  if (organization === null) return false;
  switch (description.state) {
    case 'known':
      return description.value.isOrganizationTrail;
    case 'absent':
      return false;
    case 'unknown':
      return accountId === organization.managementAccountId;
  }
}

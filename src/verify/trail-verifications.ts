import type { Inventory, LogVerification, Trail } from '../model/inventory.js';
import type { CoverageGap, DigestChain, VerificationFinding, VerificationRecord } from '../model/verification.js';
import { byText } from '../text/order.js';
import type { Expectation } from './expectation.js';
import { expectationFrom } from './from-inventory.js';

/**
 * The inventory with what verifications found of the log files of each trail. What one of them found tampered with
 * stays found; for the rest, the one that ends last counts.
 */
export function withVerifications(inventory: Inventory, records: readonly VerificationRecord[]): Inventory {
  if (records.length === 0) return inventory;
  const inOrder = records.toSorted((a, b) => byText(a.window.to, b.window.to) || byText(a.asOf, b.asOf));
  const expectation = expectationFrom(inventory);
  return {
    ...inventory,
    trails: inventory.trails.map((trail) => {
      const logVerification = summary(trail, inventory, inOrder, expectation);
      return logVerification === undefined ? trail : { ...trail, logVerification };
    }),
  };
}

interface OfTrail {
  readonly record: VerificationRecord;
  readonly chains: readonly DigestChain[];
  readonly gaps: readonly CoverageGap[];
  readonly findings: readonly VerificationFinding[];
}

/** Undefined when no verification has a chain of the trail. */
function summary(
  trail: Trail,
  inventory: Inventory,
  records: readonly VerificationRecord[],
  expectation: Expectation,
): LogVerification | undefined {
  const found = records.map((it) => ofTrail(it, trail, inventory)).filter((it) => it.chains.length > 0);
  const latest = found.at(-1);
  if (latest === undefined) return undefined;
  const { record, chains, gaps, findings } = latest;
  const tampering = found.flatMap((it) => [...it.gaps, ...it.findings].filter(({ effect }) => effect === 'tampering'));
  const { open, sample } = record.scope;
  const isWhole = open.length === 0 && sample === undefined && record.counts.logFiles.pending === 0;
  const missing = missingIn(latest, trail, expectation);
  const [first] = [
    ...tampering.map(said),
    ...gaps.map(said),
    ...findings.map(said),
    ...open,
    ...(missing === undefined ? [] : [missing]),
  ];
  return {
    ...record.window,
    asOf: record.asOf,
    tampering: tampering.length,
    isComplete: isWhole && chains.every((it) => it.outcome === 'verified'),
    isPart: missing !== undefined,
    accounts: new Set(chains.map((it) => it.account)).size,
    regions: new Set(chains.map((it) => it.region)).size,
    message: first ?? 'Every digest file and log file is there and valid.',
  };
}

function ofTrail(record: VerificationRecord, trail: Trail, inventory: Inventory): OfTrail {
  const chains = record.chains.filter((it) => isOf(it, trail, inventory));
  const places = new Set(chains.map(placeOf));
  const findings = record.findings.filter(
    (it) => places.has(placeOf(it)) && (it.trail === undefined || it.trail === trail.name),
  );
  return { record, chains, gaps: chains.flatMap((it) => it.gaps), findings };
}

/** Why more accounts or Regions may belong to the trail than were verified. */
function missingIn({ record, chains }: OfTrail, trail: Trail, expectation: Expectation): string | undefined {
  const verified = new Set(chains.map(placeOf));
  const to = Date.parse(record.window.to);
  const lacking = expectation.chains.find(
    (it) => it.trail.arn === trail.arn && (it.since ?? 0) < to && !verified.has(placeOf(it)),
  );
  if (lacking !== undefined) return `Account ${lacking.account} in ${lacking.region} was not verified.`;
  const { basis, chosen } = record.scope;
  if (chosen !== undefined) return 'Only the accounts and Regions that were named were verified.';
  if (basis === 'named' || basis === 'layout') return 'Which accounts and Regions must be there was not asked of AWS.';
  return undefined;
}

/** An organization's trail writes below the organization's folder, any other for its own account. */
function isOf(chain: DigestChain, { name, homeRegion, accountId }: Trail, { organization }: Inventory): boolean {
  if (chain.trail !== name || chain.homeRegion !== homeRegion) return false;
  return chain.organizationId === undefined ? chain.account === accountId : chain.organizationId === organization?.id;
}

function placeOf({ account, region }: { readonly account: string; readonly region: string }): string {
  return `${account}/${region}`;
}

/** A gap's message is a sentence; a finding's follows the name of its first object. */
function said(it: CoverageGap | VerificationFinding): string {
  return 'cause' in it ? it.message : `${it.objects[0] ?? ''} ${it.message}.`;
}

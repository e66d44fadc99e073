import { schemaCheck } from '../json-schema.js';
import { UsageError } from '../model/errors.js';
import type { Inventory, LogVerification, Trail } from '../model/inventory.js';
import type { DigestChain, Verification, VerificationRecord } from '../model/verification.js';
import { byText } from '../text/order.js';
import { readJson } from './read-results.js';

const help = 'trailproof verify-logs --format json --output FILE writes one.';

/**
 * What `verify-logs --format json` wrote.
 *
 * @throws UsageError when there is no such file, or it is another one
 */
export async function loadVerification(file: string): Promise<Verification> {
  const document = await readJson(file, help);
  const validate = schemaCheck<Verification>('schema/verification.v1.json');
  if (validate(document)) return document;
  const [first] = validate.errors ?? [];
  const where = first === undefined ? '' : `: ${first.instancePath} ${first.message ?? 'does not fit'}`;
  throw new UsageError(`${file} holds no verification of this version${where}.`, help);
}

/** The inventory with what verifications found of the log files of each trail; of several, the one that ends last. */
export function withVerifications(inventory: Inventory, verifications: readonly Verification[]): Inventory {
  const records = verifications.map((it) => it.record).toSorted((a, b) => byText(a.window.to, b.window.to));
  if (records.length === 0) return inventory;
  return { ...inventory, trails: inventory.trails.map((trail) => verified(trail, inventory, records)) };
}

function verified(trail: Trail, inventory: Inventory, records: readonly VerificationRecord[]): Trail {
  const found = records.map((it) => summary(trail, inventory, it)).filter((it) => it !== undefined);
  const latest = found.at(-1);
  return latest === undefined ? trail : { ...trail, logVerification: latest };
}

/** Undefined when the verification has no chain of the trail. */
function summary(trail: Trail, inventory: Inventory, record: VerificationRecord): LogVerification | undefined {
  const chains = record.chains.filter((it) => isOf(it, trail, inventory));
  if (chains.length === 0) return undefined;
  const places = new Set(chains.map(placeOf));
  const findings = record.findings.filter(
    (it) => places.has(placeOf(it)) && (it.trail === undefined || it.trail === trail.name),
  );
  const gaps = chains.flatMap((it) => it.gaps);
  const tampering = [...gaps, ...findings].filter((it) => it.effect === 'tampering');
  const { open, sample } = record.scope;
  const isComplete = open.length === 0 && sample === undefined && chains.every((it) => it.outcome === 'verified');
  const [first] = [...tampering.map(said), ...gaps.map(said), ...findings.map(said), ...open];
  return {
    ...record.window,
    asOf: record.asOf,
    tampering: tampering.length,
    isComplete,
    accounts: new Set(chains.map((it) => it.account)).size,
    regions: new Set(chains.map((it) => it.region)).size,
    message: first ?? 'Every digest file and log file is there and valid.',
  };
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
function said(it: DigestChain['gaps'][number] | VerificationRecord['findings'][number]): string {
  return 'cause' in it ? it.message : `${it.objects[0] ?? ''} ${it.message}.`;
}

import {
  continuedScan,
  evaluate,
  followUp,
  scanOf,
  unmatchedBindings,
  withWaivers,
  type UnmatchedBinding,
} from '../../../evaluate/index.js';
import type { LoadedPolicies } from '../../../policy/index.js';
import { parseFormat, parseProductArn, type Format } from '../../../report/index.js';
import { inventoryDigest, loadVerification, saveInventory } from '../../../storage/index.js';
import { withVerifications } from '../../../verify/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import type { Results, Scan } from '../../../model/results.js';
import { callsForMore } from '../../policies/calls-beyond-policies.js';
import { makeRoomFor } from '../../process/engine.js';
import { exitCodeOf, exitCodes, failOnOf } from '../../process/exit-codes.js';
import {
  callsOf,
  namesTags,
  readPolicies,
  reportDiagnostics,
  type PolicyOptions,
} from '../../policies/load-policies.js';
import { loadAttestations } from '../../../waivers/index.js';
import { readWaivers, type CheckedWaivers, type WaiverOptions } from '../../policies/load-waivers.js';
import { together, withAttestations, type AttestationOptions } from './attestations.js';
import { checkHistory, loadedHistory } from './check-history.js';
import { checkEvidence, keepEvidence, sayRederived, type KeptWhileScanning } from './evidence.js';
import { previousOf, sayUploadable } from './previous-results.js';
import type { EvidenceKeeper } from '../../source/collect-from-aws.js';
import { isLive, readInventory } from '../../source/read-inventory.js';
import type { SourceChoice } from '../../source/source-choice.js';
import { checkPart, shardRead } from './shard.js';
import { parseScope, parseSourceOptions } from '../../source/source-options.js';
import { splitList } from '../../process/split-list.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { describeInventory, sayExpired } from '../../source/describe-inventory.js';
import { warnIfEdited } from '../../source/warn-if-edited.js';
import { writeLines } from '../../process/write-lines.js';
import { warnOfWorkTree } from './work-tree.js';
import { checkPlaces, checkReportFlags, writeReports } from './write-reports.js';

/** As commander gives them: each declared in declare.ts. */
interface ScanOptions extends PolicyOptions, WaiverOptions, AttestationOptions, SourceChoice {
  readonly format: string;
  readonly output: string;
  readonly failOn: string;
  readonly verification?: readonly string[];
  readonly history?: string;
  readonly saveInventory?: string;
  readonly shard?: string;
  readonly previous?: string;
  readonly evidence?: string;
  readonly productArn?: string;
  readonly splitBy?: string;
  readonly maxBytes?: string;
  readonly scanId?: string;
  readonly roleName?: string;
  readonly plan?: true;
  readonly allowIncomplete?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

/**
 * `trailproof scan`: reads the state, evaluates the policies on it, writes the reports.
 *
 * @param joined gives the inventory of a command that does not read one itself, such as `merge`.
 */
export async function scanCommand(
  options: unknown,
  terminal: Terminal,
  joined?: (calls: ReadonlySet<string> | undefined) => Promise<Inventory>,
): Promise<number> {
  const scan = options as ScanOptions;
  const formats = [...new Set(splitList(scan.format).map(parseFormat))];
  const failOn = failOnOf(scan.failOn);
  checkFlags(scan, formats, joined !== undefined);
  let evidence: KeptWhileScanning | undefined;
  const source = joined ?? sourceOf(scan, options, terminal, () => evidence);
  const policies = readPolicies(scan, true);
  const waivers = readWaivers(scan, policies);
  const attestations = loadAttestations({ files: scan.attestations ?? [] });
  if (!reportDiagnostics(together(waivers, attestations), terminal)) return exitCodes.usage;

  if (scan.plan === true) {
    const { planScan } = await import('./plan-scan.js');
    const calls = await callsNeeded(scan, policies);
    const accountTags = namesTags(policies.policies);
    return await planScan(scan, options, { calls, accountTags, formats }, terminal);
  }
  await checkPlaces(scan, formats);
  await warnOfWorkTree(scan, formats, terminal);
  if (scan.evidence !== undefined) evidence = await keepEvidence(scan.evidence);

  const earlier = await previousOf(scan.previous, terminal);
  const startedAt = new Date();
  const verifications = await Promise.all((scan.verification ?? []).map(loadVerification));
  const history = await loadedHistory(scan.history);
  const read = await source(await callsNeeded(scan, policies), namesTags(policies.policies));
  const inventory = withVerifications(
    read,
    verifications.map((it) => it.record),
  );
  if (scan.saveInventory !== undefined) await saveInventory(inventory, scan.saveInventory);
  writeLines(terminal.stderr, sayExpired(inventory, isLive(scan) ? scan.saveInventory : undefined));
  if (inventory.interrupted && isLive(scan)) return interrupted(inventory, scan.saveInventory, terminal);
  if (inventory.shard !== undefined && isLive(scan)) return shardRead(inventory, scan, terminal);

  warnOfBindings(unmatchedBindings(inventory, policies.policies), terminal);
  makeRoomFor(inventory.accounts.length * policies.policies.length);
  const judged = evaluate(inventory, policies.policies, {
    ...runTimes(scan, inventory, startedAt),
    version: version(),
    scan: identityOf(scan, options, inventory, policies.chosen),
    isSample: scan.sample === true,
    inventoryDigest: inventoryDigest(inventory),
    isInventoryEdited: warnIfEdited(read, scan.source, terminal),
  });
  const previous = await earlier.find(judged);
  const evaluated = previous === undefined ? judged : following(judged, previous.results, inventory);
  const accepted = scan.waivers === undefined ? evaluated : waived(evaluated, waivers, inventory, terminal);
  if (accepted === undefined) return exitCodes.usage;
  const results = withAttestations(accepted, scan, attestations, terminal);
  checkHistory(history, results);
  const written = await writeReports(results, formats, { ...scan, history: history?.history, verifications }, terminal);
  await evidence?.finish(results);
  writeLines(terminal.stderr, await sayRederived(scan, results));
  if (scan.quiet !== true) writeLines(terminal.stderr, whatWasWritten(scan, written, results));
  if (scan.verbose === true) writeLines(terminal.stderr, details(results));
  if (isUnreadable(results)) {
    const [first] = results.coverage.accounts.unreadable;
    throw new UsageError(
      `Not one account could be read: ${first?.id ?? ''}: ${first?.reason ?? ''}`,
      'trailproof permissions shows the role that each account needs.',
    );
  }
  return exitCodeOf(results, failOn, scan.allowIncomplete === true);
}

/** @throws UsageError for flags that could not be followed */
function checkFlags(scan: ScanOptions, formats: readonly Format[], isMerge: boolean): void {
  if (scan.productArn !== undefined) parseProductArn(scan.productArn);
  checkReportFlags(scan, formats);
  checkEvidence(scan, isMerge);
}

function whatWasWritten(scan: ScanOptions, written: readonly string[], results: Results): readonly string[] {
  return [
    ...(written.length > 0 ? [`Wrote ${written.join(', ')}`] : []),
    ...(scan.saveInventory === undefined ? [] : [`Saved the inventory to ${scan.saveInventory}`]),
    ...(scan.evidence === undefined ? [] : [`Kept the evidence in ${scan.evidence}`]),
    ...sayUploadable(results),
  ];
}

/** Which scan this is: of what was read, and of what the flags say of it. */
function identityOf(scan: ScanOptions, options: unknown, inventory: Inventory, packs: readonly string[]): Scan {
  const asked = parseScope(options);
  const read = inventory.scope;
  return scanOf({
    named: scan.scanId,
    packs,
    scope: {
      accounts: [...read.accounts, ...asked.accounts],
      excludedAccounts: [...read.excludedAccounts, ...asked.excludedAccounts],
      organizationalUnits: [...read.organizationalUnits, ...asked.organizationalUnits],
    },
    roleName: scan.roleName,
  });
}

/** The results as they follow on earlier ones, which may say under which id the scan goes on. */
function following(judged: Results, previous: Results | undefined, inventory: Inventory): Results {
  const followed = followUp(judged, previous, inventory);
  const { scan } = followed.run;
  if (previous === undefined || scan === undefined) return followed;
  return { ...followed, run: { ...followed.run, scan: continuedScan(scan, previous) } };
}

/** The results with waivers applied; undefined when one of them names what the organization does not have. */
function waived(
  evaluated: Results,
  { waivers, sources }: CheckedWaivers,
  inventory: Inventory,
  terminal: Terminal,
): Results | undefined {
  const { results, diagnostics } = withWaivers(evaluated, waivers, inventory);
  return reportDiagnostics({ diagnostics, sources }, terminal) ? results : undefined;
}

/**
 * The calls that decide the policies. A saved inventory is for other policies, too, and holds everything; waivers
 * speak of OUs, which no policy may read.
 */
async function callsNeeded(scan: ScanOptions, { policies }: LoadedPolicies): Promise<ReadonlySet<string> | undefined> {
  if (scan.saveInventory === undefined && scan.waivers === undefined) return callsOf(policies);
  return isLive(scan) ? await callsForMore(policies) : undefined;
}

/** What to read, checked before anything is read. */
function sourceOf(
  scan: ScanOptions,
  options: unknown,
  terminal: Terminal,
  evidence: () => EvidenceKeeper | undefined,
): (calls: ReadonlySet<string> | undefined, accountTags?: boolean) => Promise<Inventory> {
  const source = parseSourceOptions(options, terminal.environment);
  checkPart(source, scan, isLive(scan));
  return async (calls, accountTags = false) =>
    await readInventory(scan, source, async () => {
      // The AWS SDK takes half a second to load: who evaluates a file does not wait for it.
      const { collectFrom } = await import('../../source/collect-from-aws.js');
      return await collectFrom(scan, source, {
        terminal,
        quiet: scan.quiet === true,
        calls,
        accountTags,
        evidence: evidence(),
      });
    });
}

/** A live run began when it read; the sample is the same to the byte each time. */
function runTimes(
  scan: ScanOptions,
  inventory: Inventory,
  startedAt: Date,
): { readonly startedAt: string; readonly finishedAt: string } {
  if (scan.sample === true) return { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt };
  return {
    startedAt: isLive(scan) && inventory.asOf === undefined ? inventory.capturedAt : startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
  };
}

function interrupted(inventory: Inventory, saved: string | undefined, terminal: Terminal): number {
  const kept =
    saved === undefined ? 'Nothing was kept; --save-inventory keeps what was read.' : `What was read is in ${saved}.`;
  writeLines(terminal.stderr, [
    describeInventory(inventory),
    `Nothing was evaluated: the run was interrupted, and a part of an organization proves nothing. ${kept}`,
  ]);
  return exitCodes.interrupted;
}

function warnOfBindings(unmatched: readonly UnmatchedBinding[], terminal: Terminal): void {
  for (const { place, names, help } of unmatched) {
    const message = `this inventory does not have ${names.join(', ')}, which the binding names`;
    writeLines(terminal.stderr, [
      `${place.file}:${place.line}: warning[unknown-scope]: ${message}`,
      ...(help === undefined ? [] : [`  = help: ${help}`]),
    ]);
  }
}

/** Every call and every gap, one a line. */
function details({ coverage: { apiCalls }, gaps }: Results): readonly string[] {
  return [
    ...Object.entries(apiCalls.byOperation).map(([name, count]) => `call ${name} ${count}`),
    ...gaps.map(
      (gap) => `gap ${gap.call} ${gap.accountId} ${gap.region} ${gap.resource ?? '-'} ${gap.reason}: ${gap.message}`,
    ),
  ];
}

function isUnreadable({ coverage: { accounts } }: Results): boolean {
  return accounts.evaluated === 0 && accounts.unreadable.length > 0;
}

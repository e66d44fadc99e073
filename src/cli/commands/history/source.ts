import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { fileAt, isConfigFile, isDeliveryName, mayHoldItems, pathsIn } from '../../../collect/index.js';
import type { Run } from '../../../history/index.js';
import { checkResults, parseJson, readText } from '../../../storage/index.js';
import { UsageError } from '../../../model/errors.js';
import type { Results } from '../../../model/results.js';
import { byText } from '../../../text/order.js';

/** A run of this tool that was kept, and the sha256 of its file. */
export interface KeptRun extends Run {
  readonly file: string;
  readonly sha256: string;
}

/** What a folder holds, as its content says. */
export type HistorySource =
  | { readonly kind: 'config' }
  | {
      readonly kind: 'results';
      readonly runs: readonly KeptRun[];
      /** Of which they all are; undefined for a single account. */
      readonly organization: string | undefined;
    };

/**
 * Looks into a folder or a file: AWS Config's files, or earlier results of this tool.
 *
 * @throws UsageError when it holds both, or results of several organizations
 */
export async function lookInto(path: string, isMeant: (accountId: string) => boolean): Promise<HistorySource> {
  const runs: KeptRun[] = [];
  let ofConfig: string | undefined;
  let organization: { readonly id: string | undefined; readonly file: string } | undefined;
  for (const file of await pathsIn(path)) {
    if (!mayHoldItems(file)) continue;
    if (isDeliveryName(file) || (await isConfigFile(fileAt(file)))) {
      ofConfig ??= file;
      continue;
    }
    const text = file.endsWith('.gz') ? undefined : await readText(file);
    const results = text === undefined ? undefined : resultsIn(text, file);
    if (text === undefined || results === undefined) {
      continue;
    }
    const id = results.organization?.id;
    organization ??= { id, file };
    if (organization.id !== id) {
      throw new UsageError(
        `${relative(path, organization.file)} belongs to organization ${organization.id ?? 'none'}, and ${relative(path, file)} to ${id ?? 'none'}.`,
        'Give a folder with the results of one organization.',
      );
    }
    runs.push(keptRun(results, relative(path, file), text, isMeant));
  }
  const [first] = runs;
  if (first === undefined) return { kind: 'config' };
  if (ofConfig !== undefined) {
    throw new UsageError(
      `${path} holds both: ${relative(path, ofConfig)} is a file of AWS Config, and ${first.file} holds results of a scan.`,
      'Give a folder of one kind: the two may disagree about the same time.',
    );
  }
  return { kind: 'results', runs: distinct(runs), organization: organization?.id };
}

/** JSON that says evaluations; all else is no file of results. */
function resultsIn(text: string, file: string): Results | undefined {
  if (!/^\s*\{/.test(text) || !text.includes('"evaluations"')) return undefined;
  const document = parseJson(text, file);
  const isMeant = typeof document === 'object' && document !== null && 'evaluations' in document && 'run' in document;
  return isMeant ? checkResults(document, file) : undefined;
}

function keptRun(results: Results, file: string, text: string, isMeant: (accountId: string) => boolean): KeptRun {
  const { evaluations, policies, gaps, run } = results;
  const used = new Set(evaluations.flatMap((it) => (it.outcome === 'INSUFFICIENT_DATA' ? it.gaps : [])));
  return {
    file,
    sha256: createHash('sha256').update(text).digest('hex'),
    at: new Date(run.capturedAt).toISOString(),
    incomplete: whyIncomplete(results),
    policies: policies.map(({ id, title, severity, target }) => ({ id, title, severity, target })),
    verdicts: evaluations
      .filter((it) => isMeant(it.target.accountId))
      .map(
        ({
          policyId,
          target,
          outcome,
          severity,
          message,
          gaps: ids,
          fingerprint,
          waiver,
          causedBy,
          carriedForward,
        }) => ({
          policyId,
          target,
          outcome,
          severity,
          message,
          gaps: outcome === 'INSUFFICIENT_DATA' ? ids : [],
          fingerprint,
          isWaived: waiver !== undefined,
          follows: causedBy !== undefined,
          isCarried: carriedForward !== undefined,
        }),
      ),
    gaps: gaps.filter((it) => used.has(it.id)),
  };
}

/** A run that was stopped, or did not read an account, proves nothing of what it did not see. */
function whyIncomplete({ run, coverage }: Results): string | undefined {
  if (run.interrupted) return 'it was stopped before it was done';
  const { unreadable } = coverage.accounts;
  const [first] = unreadable;
  if (first === undefined) return undefined;
  return `${unreadable.length} of ${coverage.accounts.listed} accounts could not be read, such as ${first.id}`;
}

/** Copies of one run count once. */
function distinct(runs: readonly KeptRun[]): KeptRun[] {
  const byHash = new Map(runs.map((it) => [it.sha256, it]));
  return [...byHash.values()].toSorted((a, b) => byText(a.at, b.at));
}

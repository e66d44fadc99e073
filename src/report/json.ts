import type { RecordingGroup, Results } from '../model/results.js';
import { disabledPolicies } from './parts/disabled.js';
import { jsonPieces } from './parts/json-lines.js';
import type { ReportOptions } from './options.js';
import { byId, byPlace, byText, outcomes, severities } from '../text/order.js';

/** Written with one line for each member or item. */
const expanded: ReadonlySet<string> = new Set([
  '',
  '.coverage',
  '.coverage.accounts',
  '.coverage.accounts.outOfScope',
  '.coverage.accounts.unreadable',
  '.coverage.evaluatedAccounts',
  '.coverage.apiCalls',
  '.coverage.apiCalls.byOperation',
  '.coverage.logs',
  '.coverage.logs.unreadable',
  '.policies',
  '.evaluations',
  '.evidence',
  '.gaps',
  '.waivers',
  '.attestations',
  '.disabled',
  '.previous',
  '.previous.closed',
  '.accounts',
  '.recording',
]);

/**
 * The results themselves, valid against `schema/results.v1.json`: members in the schema's order, lists sorted
 * (evaluations by account, target and policy, all else by id), one item a line.
 */
export function json(results: Results, _options: ReportOptions = {}): Iterable<string> {
  return jsonPieces(inOrder(results), expanded);
}

function inOrder(results: Results): Results {
  const { coverage, summary } = results;
  const disabled = disabledPolicies(results);
  return {
    schemaVersion: results.schemaVersion,
    tool: results.tool,
    run: results.run,
    organization: results.organization,
    coverage: {
      accounts: {
        listed: coverage.accounts.listed,
        evaluated: coverage.accounts.evaluated,
        outOfScope: coverage.accounts.outOfScope.toSorted(byId),
        unreadable: coverage.accounts.unreadable.toSorted(byId),
      },
      ...(coverage.evaluatedAccounts === undefined
        ? {}
        : { evaluatedAccounts: coverage.evaluatedAccounts.toSorted(byId) }),
      apiCalls: {
        total: coverage.apiCalls.total,
        denied: coverage.apiCalls.denied,
        byOperation: sortedByKey(coverage.apiCalls.byOperation, []),
      },
      ...(coverage.logs === undefined ? {} : { logs: coverage.logs }),
    },
    policies: results.policies.toSorted(byId),
    evaluations: results.evaluations.toSorted(byPlace),
    evidence: results.evidence.toSorted(byId),
    gaps: results.gaps.toSorted(byId),
    ...(results.waivers === undefined ? {} : { waivers: results.waivers.toSorted(byId) }),
    ...(results.attestations === undefined ? {} : { attestations: results.attestations.toSorted(byId) }),
    summary: {
      byOutcome: sortedByKey(summary.byOutcome, outcomes),
      findings: summary.findings,
      bySeverity: sortedByKey(summary.bySeverity, severities),
      accountsAffected: summary.accountsAffected,
      ...(summary.waived === undefined ? {} : { waived: summary.waived }),
    },
    ...(disabled.length === 0 ? {} : { disabled }),
    ...(results.previous === undefined
      ? {}
      : { previous: { ...results.previous, closed: results.previous.closed.toSorted(byFingerprint) } }),
    ...(results.accounts === undefined ? {} : { accounts: results.accounts.toSorted(byId) }),
    ...(results.recording === undefined ? {} : { recording: results.recording.toSorted(byFirstAccount) }),
  };
}

function byFingerprint(a: { readonly fingerprint: string }, b: { readonly fingerprint: string }): number {
  return byText(a.fingerprint, b.fingerprint);
}

function byFirstAccount(a: RecordingGroup, b: RecordingGroup): number {
  return byText(a.accounts[0] ?? '', b.accounts[0] ?? '');
}

/** Keys of `first` in that order, all others behind them in the order of their text. */
function sortedByKey<T>(record: Readonly<Record<string, T>>, first: readonly string[]): Readonly<Record<string, T>> {
  const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => rank(a) - rank(b) || byText(a, b)));
}

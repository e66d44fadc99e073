import { UsageError } from '../../model/errors.js';
import type { Results, Severity } from '../../model/results.js';
import { severities } from '../../text/order.js';

/** What the process ends with. */
export const exitCodes = {
  ok: 0,
  findings: 1,
  usage: 2,
  incomplete: 3,
  bug: 70,
  interrupted: 130,
} as const;

export type FailOn = Severity | 'none';

function isFailOn(text: string): text is FailOn {
  return text === 'none' || severities.some((severity) => severity === text);
}

/**
 * The severity that `--fail-on` names.
 *
 * @throws UsageError for a word that is none
 */
export function failOnOf(text: string): FailOn {
  if (isFailOn(text)) return text;
  throw new UsageError(`--fail-on '${text}' is not a severity.`, `One of ${severities.join(', ')}, or none.`);
}

/**
 * The exit code of a scan. Incomplete beats findings: an account that could not be read, or a gap that left an
 * evaluation INSUFFICIENT_DATA. What AWS Config does not record is listed and
 * changes nothing, unless nothing else is known.
 */
export function exitCodeOf(results: Results, failOn: FailOn, allowIncomplete: boolean): number {
  if (!allowIncomplete && isIncomplete(results)) return exitCodes.incomplete;
  return failOn !== 'none' && hasFindings(results, failOn) ? exitCodes.findings : exitCodes.ok;
}

/**
 * True when an account could not be read, none was asked, or what could not be read left a verdict open. Of what AWS Config does not
 * record that is said only where something else is known: a run in which no verdict is known tells nothing.
 */
export function isIncomplete({ coverage, evaluations, gaps }: Results): boolean {
  // Logs in which there is nobody tell nothing.
  if (coverage.logs !== undefined && evaluations.length === 0) return true;
  if (coverage.logs === undefined && coverage.accounts.evaluated === 0) return true;
  if (coverage.accounts.unreadable.length > 0) return true;
  // An incident is not a state: it stays open for a while, whether or not its events are read again.
  if (evaluations.some((it) => it.carriedForward !== undefined && it.incident === undefined)) return true;
  if (evaluations.length > 0 && evaluations.every((it) => it.outcome === 'INSUFFICIENT_DATA')) return true;
  const harmless = new Set(gaps.filter((gap) => gap.reason === 'not-recorded-by-config').map((gap) => gap.id));
  return evaluations.some((it) => it.outcome === 'INSUFFICIENT_DATA' && leavesOpen(it.gaps, harmless));
}

/** True unless everything that is missing is harmless: what is not known for no gap at all (an overflow) is open, too. */
export function leavesOpen(gaps: readonly string[], harmless: ReadonlySet<string>): boolean {
  return gaps.length === 0 || gaps.some((id) => !harmless.has(id));
}

function hasFindings({ summary }: Results, failOn: Severity): boolean {
  const counted = severities.slice(0, severities.indexOf(failOn) + 1);
  return counted.some((severity) => (summary.bySeverity[severity] ?? 0) > 0);
}

import type { DoctorCheck, DoctorProblem, DoctorReport } from '../../../model/doctor.js';
import { prose } from '../../../text/printable.js';
import { byText } from '../../../text/order.js';
import { countedInThousands } from '../../../text/plural.js';

/** Accounts that are named, of those with one cause; JSON has all. */
const named = 20;

/**
 * The report for a terminal: one line for all that is ready, and each cause once with its accounts.
 *
 * @param next the command that reads what was checked
 */
export function* doctorText(report: DoctorReport, next: string): Generator<string> {
  const { caller, organization, accounts, apiCalls } = report;
  yield `Caller        ${prose(caller.arn)}`;
  yield `              account ${caller.accountId}, partition ${caller.partition}, Region ${caller.region}`;
  if (organization !== null) {
    yield `Organization  ${prose(organization.id)}, management account ${organization.managementAccountId}`;
  }
  for (const check of report.checks) yield* checkLines(check);
  yield '';
  yield `${countedInThousands(accounts.listed, 'account')}: ${accounts.ready} ready, ${accounts.notReady} not ready, ${accounts.outOfScope.length} out of scope (${countedInThousands(apiCalls, 'call')})`;
  for (const problem of report.problems) yield* problemLines(problem);
  yield* outOfScopeLines(accounts.outOfScope);
  yield '';
  yield verdict(report, prose(next));
}

const marks: Readonly<Record<DoctorCheck['status'], string>> = { ok: 'ok', problem: 'PROBLEM', note: 'note' };

function* checkLines({ status, message, fix }: DoctorCheck): Generator<string> {
  yield `  ${marks[status].padEnd(10)}  ${prose(message)}`;
  if (fix !== undefined) yield `              do: ${prose(fix)}`;
}

function* problemLines({ title, explanation, fix, accounts }: DoctorProblem): Generator<string> {
  yield '';
  yield `${countedInThousands(accounts.length, 'account')}: ${prose(title)}`;
  yield `  ${prose(explanation)}`;
  for (const step of fix) yield `  do: ${prose(step)}`;
  for (const { id, name } of accounts.slice(0, named)) yield `    ${id}  ${prose(name)}`;
  if (accounts.length > named) yield `    and ${accounts.length - named} more: --json names all`;
  const [first] = accounts;
  if (first !== undefined) yield `  AWS says about ${first.id}: ${prose(first.message)}`;
}

function* outOfScopeLines(outOfScope: DoctorReport['accounts']['outOfScope']): Generator<string> {
  const reasons = new Map<string, string[]>();
  for (const { id, reason } of outOfScope) reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  if (reasons.size > 0) yield '';
  for (const [reason, ids] of [...reasons].toSorted(([a], [b]) => byText(a, b))) {
    const more = ids.length > named ? `, and ${ids.length - named} more` : '';
    yield `out of scope, ${prose(reason)}: ${ids.slice(0, named).join(', ')}${more}`;
  }
}

function verdict({ accounts, checks }: DoctorReport, next: string): string {
  if (accounts.ready === 0) return 'A scan could read nothing.';
  if (accounts.notReady === 0 && checks.every((it) => it.status !== 'problem')) return `Ready: ${next}`;
  return `A scan will read what is ready, and report the rest as not readable (exit code 3): ${next}`;
}

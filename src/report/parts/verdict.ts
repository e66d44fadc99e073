import type { Outcome, Results } from '../../model/results.js';
import type { Causes } from './findings.js';
import { countOf } from './outcomes.js';
import { counted, plural } from '../../text/plural.js';

/** The whole run in one word and one sentence. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly text: string;
}

/** COMPLIANT only when every account was read, nothing fails and nothing is unknown. */
export function verdictOf(results: Results, causes: Causes): Verdict {
  const { findings, waived } = causes;
  const open = whatIsOpen(results);
  if (findings.length > 0) {
    const touched = new Set(findings.flatMap((it) => it.accounts)).size;
    const count = findings.length;
    const sentence = `${counted(count, 'finding')} ${plural(count, 'touches', 'touch')} ${counted(touched, 'account')}.`;
    return { outcome: 'NON_COMPLIANT', text: open === '' ? sentence : `${sentence} Not complete: ${open}.` };
  }
  if (!wasEvaluated(results)) {
    return { outcome: 'INSUFFICIENT_DATA', text: `Nothing could be evaluated${open === '' ? '' : `: ${open}`}.` };
  }
  if (open !== '') return { outcome: 'INSUFFICIENT_DATA', text: `No findings, but not complete: ${open}.` };
  const accepted = waived === 0 ? '' : ` ${counted(waived, 'evaluation')} accepted by waivers.`;
  if (countOf(results, 'COMPLIANT') === 0 && waived === 0) {
    return { outcome: 'NOT_APPLICABLE', text: 'No policy applied to anything.' };
  }
  return { outcome: 'COMPLIANT', text: `Every policy holds wherever it applies.${accepted}` };
}

/** False when no evaluation came to an outcome: nothing follows from such a run, not even that a finding is gone. */
export function wasEvaluated(results: Results): boolean {
  return results.evaluations.some((it) => it.outcome !== 'INSUFFICIENT_DATA');
}

/** What keeps the run from being complete, as a list in words; empty when it is. */
export function whatIsOpen(results: Results): string {
  const unknown = countOf(results, 'INSUFFICIENT_DATA');
  const unreadable = results.coverage.accounts.unreadable.length;
  const carried = results.evaluations.filter((it) => it.carriedForward !== undefined).length;
  return [
    ...(results.run.interrupted ? ['the run was stopped before it was done'] : []),
    ...(unknown > 0 ? [`${counted(unknown, 'evaluation')} not known`] : []),
    ...(carried > 0 ? [`${counted(carried, 'evaluation')} carried forward`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable, 'account')} not readable`] : []),
  ].join(', ');
}

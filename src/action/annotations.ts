import type { Results } from '../model/results.js';
import { findingsOf } from '../report/index.js';

export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten annotations a step, and fifty a job: these few are for the worst. */
const shownFindings = 5;

/** The worst findings, and one on what could not be read. */
export function annotationsOf(results: Results): readonly Annotation[] {
  const { unreadable } = results.coverage.accounts;
  const worst = findingsOf(results)
    .filter(({ evaluation }) => evaluation.severity === 'critical' || evaluation.severity === 'high')
    .slice(0, shownFindings)
    .map(({ evaluation, policy, accounts }): Annotation => ({
      level: 'warning',
      title: `${evaluation.severity}: ${policy.title}`,
      message:
        accounts.length > 1 ? `${evaluation.message} It touches ${accounts.length} accounts.` : evaluation.message,
    }));
  if (unreadable.length === 0) return worst;
  const [first] = unreadable;
  const one = unreadable.length === 1 ? 'One account' : `${unreadable.length} accounts`;
  const message = `${one} could not be read; the first because of ${first?.reason ?? 'an unknown reason'}`;
  return [...worst, { level: 'error', title: 'Accounts could not be read', message }];
}

import type { Results } from '../model/results.js';
import { findingsOf } from '../report/index.js';
import { prose, shortened } from '../text/printable.js';
import { counted } from '../text/plural.js';

export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten annotations a step, and fifty a job: these few are for the worst. */
const shownFindings = 5;

/** More than this nobody reads in a list; the report has it all. */
const longestMessage = 2_000;

/**
 * The worst findings, and one each on what could not be read and on an earlier run that is lost. Texts are AWS's and
 * GitHub's: nothing of theirs is invisible or breaks a line.
 *
 * @param lost why what was uploaded before is not known
 */
export function annotationsOf(results: Results, lost?: string): readonly Annotation[] {
  return [...ofFindings(results), ...ofUnreadable(results), ...ofLost(lost)].map(({ level, title, message }) => ({
    level,
    title: prose(title),
    message: shortened(prose(message), longestMessage),
  }));
}

function ofFindings(results: Results): readonly Annotation[] {
  return findingsOf(results)
    .filter(({ evaluation }) => evaluation.severity === 'critical' || evaluation.severity === 'high')
    .slice(0, shownFindings)
    .map(({ evaluation, policy, accounts }) => ({
      level: 'warning',
      title: `${evaluation.severity}: ${policy.title}`,
      message:
        accounts.length > 1 ? `${evaluation.message} It touches ${accounts.length} accounts.` : evaluation.message,
    }));
}

function ofUnreadable({ coverage }: Results): readonly Annotation[] {
  const { unreadable } = coverage.accounts;
  const [first] = unreadable;
  if (first === undefined) return [];
  const count = unreadable.length === 1 ? 'One account' : counted(unreadable.length, 'account');
  const message = `${count} could not be read; the first because of ${first.reason}`;
  return [{ level: 'error', title: 'Accounts could not be read', message }];
}

function ofLost(reason: string | undefined): readonly Annotation[] {
  if (reason === undefined) return [];
  return [{ level: 'warning', title: 'Do not upload the findings', message: `Not for upload: ${reason}` }];
}

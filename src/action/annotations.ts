import type { Results } from '../model/results.js';
import { findingsOf } from '../report/index.js';
import { prose, shortened } from '../text/printable.js';
import { counted } from '../text/plural.js';
import type { Upload } from './upload.js';

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
 * Why nothing is to be uploaded, the worst findings, and one on what could not be read. Texts are AWS's and GitHub's:
 * nothing of theirs is invisible or breaks a line.
 */
export function annotationsOf(results: Results, upload: Upload): readonly Annotation[] {
  return [...ofUpload(upload), ...ofFindings(results), ...ofUnreadable(results)].map(({ level, title, message }) => ({
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

function ofUpload(upload: Upload): readonly Annotation[] {
  if (upload.is === 'allowed' && upload.note !== undefined)
    return [{ level: 'warning', title: 'Not every finding is an alert of its own', message: upload.note }];
  if (upload.is !== 'refused') return [];
  const message = `Not for upload: ${upload.reason}. ${upload.recovery}`;
  return [{ level: 'warning', title: 'Do not upload the findings', message }];
}

import { listed } from '../parts/accounts.js';
import { accountLabel, describeTarget } from '../parts/describe.js';
import type { Finding } from '../parts/findings.js';
import { failingMessage, unwaivedReasons } from '../parts/failing-message.js';
import { prose, shortened, visible } from '../../text/printable.js';

const shownAccounts = 10;
const shownValues = 8;
const longestMessage = 2_000;
const longestValue = 200;

/**
 * What a result says: a first sentence that stands alone, the accounts that the finding touches, the values that
 * decided. Without times, which would make each run's text a new one. `[`, `]` and `\` are escaped, so that no
 * name turns into a link.
 */
export function findingMessage(finding: Finding, names: ReadonlyMap<string, string>): string {
  const { accounts } = finding;
  const touched = accounts.map((id) => accountLabel(id, names));
  return [
    selfContained(finding, names),
    ...(accounts.length > 1
      ? [`It touches ${accounts.length} accounts: ${listed(touched, shownAccounts, 'account')}.`]
      : []),
    ...decidedBy(finding),
    ...(finding.evaluation.fix === undefined ? [] : [prose(finding.evaluation.fix)]),
  ]
    .map(escapedLinks)
    .join(' ');
}

/** Escapes what SARIF would read as an embedded link (2.1.0, section 3.11.6). */
export function escapedLinks(text: string): string {
  return text.replaceAll(/[[\]\\]/g, (it) => `\\${it}`);
}

/** The policy's message, behind the target when it names neither ARN nor id and account. */
function selfContained({ evaluation }: Finding, names: ReadonlyMap<string, string>): string {
  const { target } = evaluation;
  const message = shortened(prose(failingMessage(evaluation)), longestMessage);
  const namesTarget =
    (target.arn !== undefined && message.includes(target.arn)) ||
    (message.includes(target.id) && (target.type === 'organization' || message.includes(target.accountId)));
  const sentence = namesTarget ? message : `${describeTarget(target, names)}: ${message}`;
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

function decidedBy({ evaluation }: Finding): readonly string[] {
  const values = unwaivedReasons(evaluation)
    .flatMap(({ because }) => because)
    .filter(({ value }) => !isTime(value))
    .map(({ expr, value }) => `${shortened(prose(expr), longestValue)} is ${shown(value)}`);
  const distinct = [...new Set(values)];
  return distinct.length === 0 ? [] : [`Decided by: ${listed(distinct, shownValues, 'value')}.`];
}

function isTime(value: string | number | boolean): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value);
}

/** A text in quotes, anything else as it is. */
function shown(value: string | number | boolean): string {
  return typeof value === 'string' ? `"${shortened(visible(value), longestValue)}"` : String(value);
}

import { accountLabel, describeTarget } from '../parts/describe.js';
import { listed } from '../parts/accounts.js';
import { consoleLink } from '../parts/console-link.js';
import type { Finding } from '../parts/findings.js';
import { failingParagraphs } from '../parts/failing-message.js';
import { sentencesWithin } from '../parts/sentences.js';
import { prose } from '../../text/printable.js';

const shownAccounts = 3;
/** GitHub shows a message as a line or two; all of it is in results.json and report.md. */
const longest = 400;
/** What the message keeps for its own words; a link that leaves less room is left out. */
const leastProse = 200;

/**
 * What a result says, in at most 400 characters: a first sentence that stands alone, the accounts that the finding
 * touches, and links to the resource and to the policy. Nothing in it changes while the finding stands. `[`, `]` and `\`
 * are escaped, so that no name turns into a link.
 *
 * @param hasPolicyFile the result's first related location is the file of its policy
 */
export function findingMessage(finding: Finding, names: ReadonlyMap<string, string>, hasPolicyFile = false): string {
  const { accounts } = finding;
  const touched = accounts.map((id) => accountLabel(id, names));
  const policy = hasPolicyFile ? [' See its [policy](1).'] : [];
  const url = consoleLink(finding.evaluation.target);
  const links = url === undefined ? policy : [` [AWS console](${url})`, ...policy];
  const link = links.join('').length <= longest - leastProse ? links.join('') : policy.join('');
  const suffix =
    accounts.length > 1 ? ` It touches ${accounts.length} accounts: ${listed(touched, shownAccounts, 'account')}.` : '';
  const room = longest - link.length;
  const touches = suffix.length <= room - leastProse ? suffix : ` It touches ${accounts.length} accounts.`;
  const rest = accounts.length > 1 ? escapedLinks(touches) : '';
  // Escaping makes texts longer: what is cut is the text as it stands in the file.
  return `${escapedWithin(selfContained(finding, names), room - rest.length)}${rest}${link}`;
}

/** Escapes what SARIF would read as an embedded link (2.1.0, section 3.11.6). */
export function escapedLinks(text: string): string {
  return text.replaceAll(/[[\]\\]/g, (it) => `\\${it}`);
}

function escapedWithin(text: string, most: number): string {
  for (let room = most; ; room -= 20) {
    const escaped = escapedLinks(sentencesWithin(text, room));
    if (escaped.length <= most || room <= 40) return escaped;
  }
}

/** The policy's message, behind the target when it names neither ARN nor id and account. */
function selfContained({ evaluation }: Finding, names: ReadonlyMap<string, string>): string {
  const { target } = evaluation;
  const fix = evaluation.fix === undefined ? [] : [evaluation.fix];
  const message = prose([...failingParagraphs(evaluation), ...fix].join(' '));
  const namesTarget =
    (target.arn !== undefined && message.includes(target.arn)) ||
    (message.includes(target.id) && (target.type === 'organization' || message.includes(target.accountId)));
  const sentence = namesTarget ? message : `${describeTarget(target, names)}: ${message}`;
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

import type { Finding } from './findings.js';
import { failingParagraphs } from './failing-message.js';

/**
 * Findings, in their order, that say the same but for the name of their target, together: of a policy that fails in a
 * hundred accounts, people read one paragraph.
 */
export function bySameText(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = textOf(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

/** What a finding says, with a sign in place of what names its own target. */
function textOf({ evaluation, policy }: Finding): string {
  const { target } = evaluation;
  const own = [target.arn, target.id, target.name, target.accountId, target.region]
    .filter((it) => it !== undefined && it !== '')
    .toSorted((a = '', b = '') => b.length - a.length);
  let text = failingParagraphs(evaluation).join('\n');
  for (const name of own) text = text.replaceAll(name ?? '', '\u0000');
  // A name in brackets behind an id is one more name of it.
  return JSON.stringify([policy.id, evaluation.severity, text.replaceAll(/\u0000(?: \([^()]*\))?/g, '\u0000')]);
}

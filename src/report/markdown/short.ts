import type { Results } from '../../model/results.js';
import { accountNames } from '../parts/accounts.js';
import { isSample, sampleNote } from '../parts/describe.js';
import { failingParagraphs } from '../parts/failing-message.js';
import { causesOf, type Finding } from '../parts/findings.js';
import { verdictOf } from '../parts/verdict.js';
import { counted } from '../../text/plural.js';
import { markdownTarget } from './account.js';
import { code, escapedProse } from './escape.js';

/** What a report must have room for: the verdict, and where the rest is. */
export const leastBytes = 1_000;

const rest = 'The whole report is in results.json, and without a limit in report.md.';

/**
 * The report within a number of bytes, for a comment or a summary: the verdict, then the findings, worst first. Those that
 * have room can be unfolded to what is wrong and how to fix it; others are a line, and what has no room is counted.
 */
export function shortMarkdown(results: Results, most: number): string {
  const names = accountNames(results);
  const causes = causesOf(results);
  const verdict = verdictOf(results, causes);
  const { findings } = causes;
  const head = [
    '# CloudTrail compliance\n',
    ...(isSample(results) ? [`> **${sampleNote}**\n`] : []),
    `**${verdict.outcome}**: ${verdict.text}\n`,
    '',
  ].join('\n');
  let text = head;
  let room = most - bytesOf(head) - bytesOf(ending(findings.length));
  let shown = 0;
  const full = findings.map((it) => unfoldable(it, names));
  const lines = findings.map((it) => line(it, names));
  // A line for each comes before the detail of any: nobody is to think that the list ends earlier.
  let later = lines.reduce((sum, it) => sum + bytesOf(it), 0);
  for (const [at, detail] of full.entries()) {
    const short = lines[at] ?? '';
    later -= bytesOf(short);
    const entry = bytesOf(detail) + later <= room ? detail : short;
    if (bytesOf(entry) > room) break;
    text += entry;
    room -= bytesOf(entry);
    shown += 1;
  }
  return `${text}${ending(findings.length - shown)}`;
}

function ending(left: number): string {
  return left === 0 ? `\n${rest}\n` : `\n**${counted(left, 'more finding')}** not shown here. ${rest}\n`;
}

function titleOf({ evaluation, policy }: Finding, names: ReadonlyMap<string, string>): string {
  return `**${evaluation.severity}** ${code(policy.id)}: ${markdownTarget(evaluation.target, names)}`;
}

function line(finding: Finding, names: ReadonlyMap<string, string>): string {
  return `- ${titleOf(finding, names)}\n`;
}

/** GitHub renders Markdown within `details` only behind an empty line, and none within its summary. */
function unfoldable(finding: Finding, names: ReadonlyMap<string, string>): string {
  const { evaluation, policy, accounts, alike } = finding;
  const also = alike.length === 0 ? '' : `; the same in ${counted(alike.length, 'more place')}`;
  return [
    `- ${titleOf(finding, names)}`,
    '  <details><summary>what is wrong, and how to fix it</summary>',
    '',
    ...failingParagraphs(evaluation).flatMap((it) => [`  ${escapedProse(it)}`, '']),
    `  Touches ${counted(accounts.length, 'account')}${also}.`,
    '',
    `  Fix: ${escapedProse(evaluation.fix ?? policy.remediation.text)}`,
    '',
    '  </details>',
    '',
  ].join('\n');
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

import type { Results } from '../../model/results.js';
import { accountNames } from '../parts/accounts.js';
import { describeTarget } from '../parts/describe.js';
import { outcomes } from '../../text/order.js';
import { padded } from '../text/page.js';
import { displayWidth } from '../../text/wrap.js';
import { logText } from '../../text/log-text.js';
import { visible } from '../../text/printable.js';
import type { LonePolicy, Verdict, VerdictChange, VerdictChanges } from './compare.js';
import { counted, plural } from '../../text/plural.js';

/** More would scroll away the rest; the JSON has them all. */
const shownChanges = 100;

/** The changes as a table for a terminal, with what only one set of policies asks below; the results name accounts. */
export function changesText(changes: VerdictChanges, results: readonly Results[]): string {
  const { changed, unchanged, added, removed } = changes;
  const names = new Map(results.flatMap((it) => [...accountNames(it)]));
  const rows = changed
    .slice(0, shownChanges)
    .map((it) => [visible(it.policyId), describeTarget(it.target, names), transition(it)]);
  const left = changed.length - rows.length;
  const lines = [
    ...(rows.length === 0 ? [] : [...columns([['Policy', 'Target', 'Verdict'], ...rows])]),
    ...(left === 0 ? [] : [`… and ${left} more: --format json has them all`]),
    ...(rows.length === 0 ? [] : ['']),
    ...added.map((it) => `only new  ${lone(it)}`),
    ...removed.map((it) => `only old  ${lone(it)}`),
    ...(added.length + removed.length === 0 ? [] : ['']),
    `${counted(changed.length, 'verdict')} ${plural(changed.length, 'changes', 'change')}, ${unchanged} stay; ` +
      `${counted(added.length, 'policy', 'policies')} added, ${removed.length} removed`,
  ];
  return logText(`${lines.join('\n')}\n`);
}

function transition({ before, after }: VerdictChange): string {
  return `${verdict(before)} → ${verdict(after)}`;
}

function verdict(it: Verdict | undefined): string {
  if (it === undefined) return 'not evaluated';
  if (it.outcome !== 'NON_COMPLIANT') return it.outcome;
  return `NON_COMPLIANT (${it.severity}: ${it.assertions.map(visible).join(', ')})`;
}

function lone({ id, outcomes: counts }: LonePolicy): string {
  const told = outcomes.flatMap((it) => (counts[it] === undefined ? [] : [`${counts[it]} ${it}`]));
  return `${visible(id)}: ${told.length === 0 ? 'no targets' : told.join(', ')}`;
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  return rows.map((row) => row.map((cell, column) => padded(cell, widths[column] ?? 0)).join('  '));
}

import { outcomes } from '../../text/order.js';
import type { PolicyOutcomes } from '../parts/outcomes.js';
import { visible } from '../../text/printable.js';
import { displayWidth } from '../../text/wrap.js';
import { margin, padded, type Page } from './page.js';
import { outcomeMarks, waivedMark, type Look, type Mark } from './paint.js';

interface Column {
  readonly sign: string;
  readonly look: Look;
  readonly name: string;
  readonly count: (row: PolicyOutcomes) => number;
}

/** Outcomes by policy: one row each, signs over the columns, a dot for zero. */
export function policyTable(page: Page, rows: readonly PolicyOutcomes[]): readonly string[] {
  const columns = [
    ...outcomes.map((outcome) => column(outcomeMarks[outcome], outcome, (row) => row.counts[outcome])),
    ...(rows.some(({ waived }) => waived > 0) ? [column(waivedMark, 'waived', (row) => row.waived)] : []),
  ];
  const numberWidth = Math.max(4, ...rows.flatMap((row) => columns.map(({ count }) => `${count(row)}`.length)));
  const idWidth = Math.max(...rows.map(({ policy }) => displayWidth(visible(policy.id))), 20);
  const legend = columns
    .map(({ sign, look, name }) => `${page.paint(look, sign)} ${page.paint('dim', name)}`)
    .join('  ');
  const heads = columns.map(({ sign, look }) => `  ${' '.repeat(numberWidth - 1)}${page.paint(look, sign)}`).join('');
  return [
    page.paint('bold', 'Policies'),
    `${margin}${legend}`,
    '',
    `${margin}${' '.repeat(idWidth)}${heads}`,
    ...rows.map((row) => {
      if (columns.every(({ count }) => count(row) === 0)) {
        return `${margin}${padded(visible(row.policy.id), idWidth)}  ${page.paint('dim', '0 targets')}`;
      }
      const cells = columns.map(({ look, count }) => {
        const text = count(row) === 0 ? '·' : `${count(row)}`;
        return `  ${' '.repeat(numberWidth - text.length)}${page.paint(count(row) === 0 ? 'dim' : look, text)}`;
      });
      return `${margin}${padded(visible(row.policy.id), idWidth)}${cells.join('')}`;
    }),
  ];
}

function column({ sign, look }: Mark, name: string, count: Column['count']): Column {
  return { sign, look, name, count };
}

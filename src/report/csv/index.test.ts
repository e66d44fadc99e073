import { expect, test } from 'vitest';
import { aPolicy, aResults, anAccountTarget, anEvaluation, aTarget } from '../../../test/support/results-builders.js';
import type { Results } from '../../model/results.js';
import { csv } from './index.js';

/** RFC 4180, as a spreadsheet reads it. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (const [, cell = '', end] of text.matchAll(pattern)) {
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ',') continue;
    rows.push(cells);
    cells = [];
  }
  expect(text.replaceAll(pattern, '')).toBe('');
  return rows;
}

function records(results: Results): Record<string, string>[] {
  const [head = [], ...rows] = parse([...csv(results)].join(''));
  return rows.map((row) => {
    expect(row).toHaveLength(head.length);
    return Object.fromEntries(head.map((name, at) => [name, row[at] ?? '']));
  });
}

test('each evaluation is a line, whatever its outcome', () => {
  const waiver = { id: 'W-1', reason: 'It is known.', owner: 'security', expires: '2027-01-01' };
  const results = aResults({
    policies: [aPolicy({ title: 'The trail "main", is logging', controls: [{ framework: 'cis-3.0', id: '3.1' }] })],
    evaluations: [
      anEvaluation({ outcome: 'NON_COMPLIANT', message: 'It is off.\nTurn it on.', waiver, evidence: ['a1', 'b2'] }),
      anEvaluation({ target: anAccountTarget('222222222222', 'payments') }),
      anEvaluation({ target: aTarget({ accountId: '222222222222' }), outcome: 'INSUFFICIENT_DATA', gaps: ['c3'] }),
    ],
  });
  const rows = records(results);
  expect(rows.map((it) => [it['outcome'], it['account'], it['account_name'], it['type']])).toEqual([
    ['NON_COMPLIANT', '111111111111', '', 'trail'],
    ['INSUFFICIENT_DATA', '222222222222', 'payments', 'trail'],
    ['COMPLIANT', '222222222222', 'payments', 'account'],
  ]);
  expect(rows[0]).toMatchObject({
    title: 'The trail "main", is logging',
    message: 'It is off. Turn it on.',
    controls: 'cis-3.0 3.1',
    waiver: 'W-1',
    waiver_expires: '2027-01-01',
    evidence: 'a1 b2',
  });
});

test.each(['=1+1', '+1', '-2', '@SUM(A1)', ' =1', '"=1', '＝1', '|calc'])('%j is not run as a formula', (name) => {
  const results = aResults({ evaluations: [anEvaluation({ target: aTarget({ name }) })] });
  expect(records(results)[0]?.['resource']).toMatch(/^'/);
});

test('a name keeps what no spreadsheet runs', () => {
  const results = aResults({ evaluations: [anEvaluation({ target: aTarget({ name: 'logs-of, the "group"' }) })] });
  expect(records(results)[0]?.['resource']).toBe('logs-of, the "group"');
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Results } from '../../src/model/results.js';
import { aRecord, logFile, logKey, writeFiles } from '../support/event-logs.js';
import { aFolder, runCli } from './run-cli.js';

const days = Array.from({ length: 31 }, (_, index) =>
  new Date(Date.UTC(2026, 9, 21 + index)).toISOString().slice(0, 10),
);
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** A month in which one role starts one type; on the last day, another one. */
async function aMonth(folder: string): Promise<void> {
  const run = (number: number, eventTime: string, instanceType: string) =>
    aRecord(number, {
      eventTime,
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      readOnly: false,
      requestParameters: { instanceType },
      responseElements: { instancesSet: { items: [{ instanceType }] } },
    });
  const files = days.flatMap((day, index) =>
    hours.map((hour) => {
      const number = index * 24 + Number(hour);
      const type = day === '2026-11-20' && hour === '10' ? 'p4d.24xlarge' : 't3.nano';
      return [
        logKey({ delivered: `${day}T${hour}:35` }),
        logFile([run(number, `${day}T${hour}:30:00Z`, type)]),
      ] as const;
    }),
  );
  await writeFiles(join(folder, 'logs'), Object.fromEntries(files));
}

const outcomesOf = (folder: string) => {
  // The program's own file.
  const { evaluations, gaps } = JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;
  const familiar = evaluations.filter(({ policyId }) => policyId.includes('familiar'));
  return {
    outcomes: familiar.map(({ policyId, outcome }) => `${policyId} ${outcome}`),
    gaps: gaps.map((it) => it.message),
  };
};

test('a baseline is made, tells what is new, and is refused where it cannot be trusted', async () => {
  const folder = aFolder();
  await aMonth(folder);
  const activity = async (from: string, ...args: readonly string[]) =>
    await runCli(
      ['activity', '--pack', 'familiar', '--source', 'logs', '--from', from, '--to', '2026-11-21', ...args],
      { cwd: folder },
    );

  const alone = await activity('2026-11-20', '--baseline', 'none');
  expect(alone).toMatchObject({ status: 3 });
  const open = outcomesOf(folder);
  expect(open.outcomes).toEqual([
    'instances-run-familiar-types INSUFFICIENT_DATA',
    // The day before was read, too, for what is counted over a day: what was seen there is familiar.
    'principals-do-familiar-things COMPLIANT',
    'regions-are-familiar COMPLIANT',
  ]);
  expect(open.gaps.join('\n')).toContain('there is no baseline. Keep one with --save-baseline FILE');

  const past = ['--from', '2026-10-21', '--to', '2026-11-20', '--allow-incomplete', '--save-baseline', 'past.json'];
  const made = await runCli(['activity', '--pack', 'familiar', '--source', 'logs', ...past], { cwd: folder });
  expect(made).toMatchObject({ status: 0, stderr: expect.stringContaining('Wrote past.json') });
  const text = readFileSync(join(folder, 'past.json'), 'utf8');
  expect(text).not.toMatch(/t3\.nano|user\/ana|ec2/);

  const found = await activity('2026-11-20', '--baseline', 'past.json', '--save-baseline', 'past.json');
  const judged = outcomesOf(folder);
  expect({ status: found.status, judged }).toEqual({
    status: 1,
    judged: {
      outcomes: [
        'instances-run-familiar-types NON_COMPLIANT',
        'principals-do-familiar-things COMPLIANT',
        'regions-are-familiar COMPLIANT',
      ],
      gaps: [],
    },
  });
  expect(found.stdout).toContain('p4d.24xlarge');

  // The day once more: it is in the baseline by now, and no less new.
  await activity('2026-11-20', '--baseline', 'past.json');
  expect(outcomesOf(folder)).toEqual(judged);

  writeFileSync(join(folder, 'past.json'), text.replace('"known":{', '"known":{ "*":[[0,9]],'));
  const changed = await activity('2026-11-20', '--baseline', 'past.json');
  expect(changed).toMatchObject({ status: 2, stderr: expect.stringContaining('was changed after it was written') });
  writeFileSync(join(folder, 'past.json'), text.slice(0, -100));
  expect(await activity('2026-11-20', '--baseline', 'past.json')).toMatchObject({ status: 2 });
  const lost = await activity('2026-11-20', '--baseline', 'other.json');
  expect(lost).toMatchObject({ status: 2, stderr: expect.stringContaining('--baseline none') });
  const useless = await runCli(['activity', '--sample', '--baseline', 'none'], { cwd: folder });
  expect(useless).toMatchObject({ status: 2, stderr: expect.stringContaining('--baseline has no effect here') });
});

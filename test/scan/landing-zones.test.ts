import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import { collectFrom } from '../support/collect-from.js';
import { landingZones } from '../support/landing-zones.js';
import { explanations } from '../support/landing-zone-explanations.js';
import { byText } from '../../src/text/order.js';

const { packs } = loadPolicies();
/** Those that judge log files or events say nothing of a landing zone. */
const others = new Set(['activity', 'familiar', 'log-files']);
const ids = packs
  .map((it) => it.id)
  .filter((id) => !others.has(id))
  .toSorted(byText);
/** Each read once for all zones. */
const loaded = new Map(ids.map((id) => [id, loadPolicies({ packs: [id] }).policies]));
const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };
const short = {
  COMPLIANT: 'holds',
  NON_COMPLIANT: 'FAILS',
  NOT_APPLICABLE: 'does not apply',
  INSUFFICIENT_DATA: 'OPEN',
};
const golden = new URL('../golden/landing-zones.md', import.meta.url);

/** What a policy comes to in a zone: the worst of its evaluations that are no effect of another. */
async function verdictsOf(zone: keyof typeof landingZones): Promise<ReadonlyMap<string, string>> {
  const { inventory } = await collectFrom(landingZones[zone]);
  const all = new Map<string, string>();
  for (const [pack, policies] of loaded) {
    const { evaluations } = evaluate(inventory, policies, run);
    for (const { id, document } of policies) {
      const mine = evaluations.filter((it) => it.policyId === id && it.causedBy === undefined);
      const own = new Set(mine.map((it) => it.outcome));
      const worst = (['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT'] as const).find((it) => own.has(it));
      all.set(
        `${pack} ${id}`,
        worst === 'NON_COMPLIANT' ? `FAILS (${document.severity})` : short[worst ?? 'NOT_APPLICABLE'],
      );
    }
  }
  return all;
}

test('stock landing zones: the verdicts of every pack, and why', async () => {
  const zones = Object.keys(landingZones) as (keyof typeof landingZones)[]; // the keys of that object
  const verdicts: ReadonlyMap<string, string>[] = [];
  // One after the other: each has the environment of its own fake AWS.
  for (const zone of zones) verdicts.push(await verdictsOf(zone));
  const rows = [...(verdicts[0]?.keys() ?? [])];
  const lines = ['# Stock landing zones', '', 'Written by test/scan/landing-zones.test.ts (UPDATE_GOLDEN=1).'];
  const explained = new Set<string>();
  for (const pack of ids) {
    lines.push(
      '',
      `## ${pack}`,
      '',
      `| policy | ${zones.join(' | ')} | why |`,
      `| --- |${zones.map(() => ' --- |').join('')} --- |`,
    );
    for (const row of rows.filter((it) => it.startsWith(`${pack} `))) {
      const policy = row.slice(pack.length + 1);
      const cells = verdicts.map((it) => it.get(row) ?? '');
      const needsWhy = cells.some((it) => it.startsWith('FAILS') || it === 'OPEN');
      if (needsWhy) explained.add(policy);
      lines.push(`| ${policy} | ${cells.join(' | ')} | ${needsWhy ? (explanations[policy] ?? 'NOT EXPLAINED') : ''} |`);
    }
  }
  const actual = `${lines.join('\n')}\n`;
  expect(
    [...explained].filter((it) => explanations[it] === undefined),
    'not explained',
  ).toEqual([]);
  expect(
    Object.keys(explanations).filter((it) => !explained.has(it)),
    'explained and not needed',
  ).toEqual([]);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, actual);
  expect(actual).toBe(readFileSync(golden, 'utf8'));
});

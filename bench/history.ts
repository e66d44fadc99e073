// npm run bench:history [-- ACCOUNTS CHANGES]: a year of AWS Config's files, read and followed; prints what it took.
import { historyOf } from '../src/history/index.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pastFromFiles } from '../src/collect/config/files/index.js';
import { loadPolicies } from '../src/index.js';
import { changed, recorderItems } from '../test/support/config-items.js';
import type { SnapshotItem } from '../test/support/fake-aws/index.js';
import { itemsOfOwners } from '../test/support/past-files.js';

const [accounts = 20, changes = 1000] = process.argv.slice(2).map(Number);
const window = { from: '2025-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' };
const before = '2024-12-01T00:00:00.000Z';
const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const version = '0.0.0-bench';
const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));

try {
  writeFileSync(join(folder, 'all.json'), JSON.stringify({ fileVersion: '1.0', configurationItems: itemsOfAYear() }));
  for (const pack of ['baseline', 'core']) await measure(pack);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(pack: string): Promise<void> {
  const { policies } = loadPolicies({ packs: [pack] });
  const started = performance.now();
  const past = await pastFromFiles(folder, { version, scope, window, filesUntil: window.to, asksRecorders: false });
  const read = performance.now();
  const cpu = process.cpuUsage();
  const history = await historyOf(past, policies, { version, noted: past.noted });
  const followed = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(2)} s`;
  process.stdout.write(
    `${accounts} accounts, ${changes} changes in a year, pack ${pack}: read ${seconds(started, read)}, ` +
      `evaluated at ${history.changePoints} moments in ${seconds(read, followed)} ` +
      `(${((user + system) / 1e6).toFixed(2)} s of CPU): ` +
      `${history.summary.timelines} timelines, ${history.summary.everNonCompliant} ever out of compliance\n`,
  );
}

/** An organization trail, a trail of its own in each account, and changes of one resource each, all over the year. */
function itemsOfAYear(): SnapshotItem[] {
  const ids = Array.from({ length: accounts }, (_, index) => String(111_111_111_111 + index));
  const everything = itemsOfOwners(ids, (id) => id === ids[0]);
  const items = changed(
    everything,
    () => true,
    () => ({ configurationItemCaptureTime: before }),
  );
  const changing = items.filter((it) => it.resourceType !== recorderItems('111111111111')[0]?.resourceType);
  const year = Date.parse(window.to) - Date.parse(window.from);
  const later = Array.from({ length: changes }, (_, index): SnapshotItem[] => {
    const item = changing[(index * 7919) % changing.length];
    if (item === undefined) return [];
    const at = new Date(Date.parse(window.from) + Math.floor(((index + 0.5) * year) / changes)).toISOString();
    const isTrail = item.resourceType === 'AWS::CloudTrail::Trail';
    const configuration = isTrail
      ? { ...item.configuration, logFileValidationEnabled: index % 2 === 0 }
      : item.configuration;
    return [{ ...item, configurationItemCaptureTime: at, configuration }];
  });
  return [...items, ...later.flat()];
}

// npm run bench:files [-- FILES [ITEMS]]: a folder of AWS Config's delivery files, read; prints what it took.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { collectFromFiles } from '../src/collect/config/files/index.js';
import { anItem } from '../test/support/config-items.js';
import { snapshotAt, snapshotText } from '../test/support/delivery-files.js';
import type { SnapshotItem } from '../test/support/fake-aws/index.js';
import { itemsOfOwners } from '../test/support/past-files.js';

const [count = 5000, itemsEach = 20] = process.argv.slice(2).map(Number);
const accounts = Array.from({ length: 20 }, (_, index) => String(111_111_111_111 + index));
const region = 'eu-central-1';
const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));

try {
  write();
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Snapshots, one a day of each account in turn, each with resources that nobody asks for. */
function write(): void {
  const owned = itemsOfOwners(accounts, () => false).filter((it) => it.awsRegion === region);
  const contents = accounts.map((id) =>
    gzipSync(snapshotText([...owned.filter((it) => it.awsAccountId === id), ...others(id)])),
  );
  for (let index = 0; index < count; index += 1) {
    const account = index % accounts.length;
    const day = new Date(Date.parse('2026-11-21T00:00:00Z') + Math.floor(index / accounts.length) * 3_600_000);
    const at = day.toISOString().replaceAll(/[-:]|\.000/g, '');
    const path = join(folder, snapshotAt(accounts[account] ?? '', region, at));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents[account] ?? '');
  }
}

function others(awsAccountId: string): SnapshotItem[] {
  return Array.from({ length: itemsEach }, (_, index) =>
    anItem({
      resourceType: index % 2 === 0 ? 'AWS::EC2::NetworkInterface' : 'AWS::S3::Bucket',
      resourceId: `r-${index}`,
      awsAccountId,
      awsRegion: region,
      configuration: { description: 'x'.repeat(400), attachments: [{ id: index }, { id: index + 1 }] },
    }),
  );
}

async function measure(): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const inventory = await collectFromFiles(folder, {
    version: '0.0.0-bench',
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
    asOf: undefined,
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${count} snapshots of ${itemsEach} other resources, ${accounts.length} accounts: read in ${seconds.toFixed(2)} s ` +
      `(${((user + system) / 1e6).toFixed(2)} s of CPU), ${Math.round(count / seconds)} files a second, ` +
      `${Math.round(megabytes)} MB at most; ${inventory.trails.length} trails, ${inventory.buckets.length} buckets\n`,
  );
}

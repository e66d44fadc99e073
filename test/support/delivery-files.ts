import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { SnapshotItem } from './fake-aws/index.js';

export type DeliveryFiles = Readonly<Record<string, string | Buffer>>;

/** A folder with these files in it, for one test. */
export function aFolderOf(files: DeliveryFiles): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A snapshot as AWS Config delivers it, before gzip. */
export function snapshotText(items: readonly SnapshotItem[]): string {
  return JSON.stringify({ fileVersion: '1.0', configSnapshotId: '0-0-0', configurationItems: items });
}

export function snapshot(items: readonly SnapshotItem[]): Buffer {
  return gzipSync(snapshotText(items));
}

/** Where AWS Config puts a snapshot: month and day without a zero in front. */
export function snapshotName(accountId: string, region: string): string {
  return `o-exampleorg1/AWSLogs/${accountId}/Config/${region}/2026/11/2/ConfigSnapshot/${accountId}_Config_${region}_ConfigSnapshot_20261102T000000Z_0.json.gz`;
}

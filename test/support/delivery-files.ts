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

/** A history file before gzip: the changes of some hours. */
export function historyText(items: readonly SnapshotItem[]): string {
  return JSON.stringify({ fileVersion: '1.0', configurationItems: items });
}

export function snapshot(items: readonly SnapshotItem[]): Buffer {
  return gzipSync(snapshotText(items));
}

/** The name that AWS Config gives a snapshot; `at` as in 20261102T000000Z. */
export function snapshotAt(accountId: string, region: string, at: string): string {
  return `AWSLogs/${accountId}/Config/${region}/ConfigSnapshot/${accountId}_Config_${region}_ConfigSnapshot_${at}_0.json.gz`;
}

/** The name of a history file of one type. */
export function historyAt(accountId: string, region: string, type: string, from: string, to: string = from): string {
  return `AWSLogs/${accountId}/Config/${region}/ConfigHistory/${accountId}_Config_${region}_ConfigHistory_${type}_${from}_${to}_1.json.gz`;
}

/** Where AWS Config puts a snapshot: month and day without a zero in front. */
export function snapshotName(accountId: string, region: string): string {
  return `o-exampleorg1/AWSLogs/${accountId}/Config/${region}/2026/11/2/ConfigSnapshot/${accountId}_Config_${region}_ConfigSnapshot_20261102T000000Z_0.json.gz`;
}

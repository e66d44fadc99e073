import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { EventRecord } from '../../src/model/log-events.js';

export const anAccount = '111122223333';
export const aRegion = 'eu-west-1';

/** A record as CloudTrail writes it; its id tells which one it is. */
export function aRecord(number: number, members: EventRecord = {}): EventRecord {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::${anAccount}:user/ana`,
      accountId: anAccount,
      userName: 'ana',
    },
    eventTime: '2026-11-20T10:15:30Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'ListUsers',
    awsRegion: aRegion,
    sourceIPAddress: '192.0.2.1',
    userAgent: 'aws-cli/2',
    requestParameters: null,
    responseElements: null,
    requestID: `request-${number}`,
    eventID: eventId(number),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: anAccount,
    eventCategory: 'Management',
    ...members,
  };
}

export function eventId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The key of a log file, as CloudTrail gives it. */
export function logKey({
  delivered,
  account = anAccount,
  region = aRegion,
  unique = 'AAAAAAAAAAAAAAAA',
  base = 'AWSLogs/',
  folder = 'CloudTrail',
}: {
  /** `2026-11-20T10:20` */
  readonly delivered: string;
  readonly account?: string;
  readonly region?: string;
  readonly unique?: string;
  readonly base?: string;
  readonly folder?: string;
}): string {
  const [date = '', time = ''] = delivered.split('T');
  const name = `${account}_${folder}_${region}_${date.replaceAll('-', '')}T${time.replace(':', '')}Z_${unique}`;
  return `${base}${account}/${folder}/${region}/${date.replaceAll('-', '/')}/${name}.json.gz`;
}

/** The stored bytes of a log file. */
export function logFile(records: readonly EventRecord[]): Buffer {
  return gzipSync(JSON.stringify({ Records: records }));
}

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
  for (const [key, content] of Object.entries(files)) {
    const path = join(folder, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

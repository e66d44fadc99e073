import { parseArn } from './identifiers.js';
import { absent, known, type Known } from './known.js';

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** What names a key has an ARN, too, which tells the partition. */
export interface NamesKeys extends Place {
  readonly arn: string;
}

/** As results name an account or Region that is not known. */
export const nowhere: Place = { accountId: 'unknown', region: 'unknown' };

/** Why nothing is known of a trail that accounts see which do not own it. */
export function onlyOwnerTells(trailArn: string): string {
  const owner = parseArn(trailArn)?.accountId ?? 'that owns it';
  return `Accounts see this trail, but its owner alone is told what it records and delivers. Scan account ${owner}, too.`;
}

/** The name that lies in something which may be unknown. */
export function nameIn<T>(it: Known<T>, find: (value: T) => string | undefined): Known<string> {
  if (it.state !== 'known') return it;
  const name = find(it.value);
  return name === undefined ? absent : known(name);
}

/** The ARN that a key is named by: an id or alias is one of the account and Region of what names it. */
export function keyArn(name: string, by: NamesKeys): string;
export function keyArn(name: string | undefined, by: NamesKeys): string | undefined;
export function keyArn(name: string | undefined, by: NamesKeys): string | undefined {
  if (name === undefined || name.startsWith('arn:')) return name;
  return `arn:${partitionOf(by.arn)}:kms:${by.region}:${by.accountId}:${name.startsWith('alias/') ? name : `key/${name}`}`;
}

/** The ARN that a bucket is named by. */
export function bucketArn(name: string, namerArn: string): string {
  return `arn:${partitionOf(namerArn)}:s3:::${name}`;
}

function partitionOf(arn: string): string {
  return parseArn(arn)?.partition ?? 'aws';
}

/** The members of a list that was read, each by itself; of one that was not, that it is unknown. */
export function namesIn(all: Known<readonly string[]>): readonly Known<string>[] {
  return all.state === 'known' ? all.value.map(known) : [all];
}

/** Protocols of subscribers to a topic that are programs. */
export const ofPrograms: ReadonlySet<string> = new Set(['sqs', 'lambda', 'http', 'https', 'firehose']);

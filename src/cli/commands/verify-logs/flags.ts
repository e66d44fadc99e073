import { UsageError } from '../../../model/errors.js';
import { parseArn } from '../../../model/identifiers.js';
import { defaultGrace, type Choice, type TrailFacts } from '../../../verify/index.js';
import { splitList } from '../../process/split-list.js';
import { flagOf, type FlagsGiven } from '../../source/flags-given.js';
import { parseTime, parseWindow } from '../../source/parse-time.js';
import { accountIds, regionNames, wholeNumber } from '../../source/source-options.js';

/** As commander gives them: each declared in declare.ts. */
export interface VerifyLogsFlags extends FlagsGiven {
  readonly trail?: readonly string[];
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly source: string;
  readonly inventory?: string;
  readonly roleName: string;
  readonly logRoleName?: string;
  readonly externalId?: string;
  readonly prove?: string;
  readonly statement?: string;
  readonly plan?: true;
  readonly maxRequests?: string;
  readonly checkpoint?: string;
  readonly full?: true;
  readonly keys?: string;
  readonly saveKeys?: string;
  readonly asOf?: string;
  readonly sample?: string;
  readonly seed?: string;
  readonly concurrency: string;
  readonly format: string;
  readonly output?: string | undefined;
  readonly allowIncomplete?: true;
  readonly verbose?: true;
  readonly quiet?: true;
}

/** A trail as its ARN names it. */
export interface NamedTrail {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly account: string;
}

export interface Asked {
  readonly trails: readonly NamedTrail[] | undefined;
  readonly accounts: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
  readonly prefix: string | undefined;
  readonly sample: { readonly perDigest: number; readonly seed: string } | undefined;
  readonly concurrency: number;
}

/** @throws UsageError for a flag that says what is written of a verification, where none is made */
export function refuseBesidePlan({ plan, flagsGiven = [] }: VerifyLogsFlags): void {
  const wrong = flagsGiven.find((it) => ['statement', 'saveKeys', 'format', 'output', 'verbose'].includes(it));
  if (plan !== true || wrong === undefined) return;
  throw new UsageError(`${flagOf(wrong)} has no effect with --plan: nothing is verified.`, 'Leave one of the two out.');
}

/** The flags that say what is verified, checked. */
export function parseAsked(flags: VerifyLogsFlags): Asked {
  const { trail, account, region, bucket, prefix, sample, seed, concurrency } = flags;
  if (bucket !== undefined && !/^[\w.-]{3,255}$/.test(bucket)) {
    throw new UsageError(
      `--bucket '${bucket}' is not the name of a bucket.`,
      'Write the name alone, and what stands before AWSLogs with --prefix: --bucket organization-logs --prefix PREFIX',
    );
  }
  if (seed !== undefined && sample === undefined) {
    throw new UsageError('--seed chooses what --sample reads.', 'Leave it out, or add --sample N.');
  }
  return {
    trails: trail?.flatMap(splitList).map(namedTrail),
    accounts: account === undefined ? undefined : accountIds('--account', account),
    regions: region === undefined ? undefined : regionNames('--region', region),
    prefix: prefix?.replace(/\/+$/, ''),
    sample:
      sample === undefined
        ? undefined
        : { perDigest: wholeNumber('--sample', sample, 1, 1_000_000), seed: seed ?? '0' },
    concurrency: wholeNumber('--concurrency', concurrency, 1, 1000),
  };
}

const hour = 3_600_000;

/** The window that is asked about: by default the last day whose digest files are all due. */
export function askedWindow(
  { from, to }: VerifyLogsFlags,
  now: number,
): { readonly from: number; readonly to: number } {
  const lastDue = Math.floor((now - defaultGrace - hour) / hour) * hour;
  const end = to === undefined ? lastDue : Date.parse(parseTime('--to', to, new Date()));
  const start = from === undefined ? end - 24 * hour : Date.parse(parseTime('--from', from, new Date()));
  const window = parseWindow(new Date(start).toISOString(), new Date(end).toISOString(), new Date());
  // Digest files tell the time to the second.
  return {
    from: Math.floor(Date.parse(window.from) / 1000) * 1000,
    to: Math.ceil(Date.parse(window.to) / 1000) * 1000,
  };
}

/** The choice in terms of the trails that are known, or of their ARNs alone. */
export function choiceOf(
  { trails, accounts, regions, prefix = '' }: Asked,
  known: readonly TrailFacts[],
  bucket: string,
): Choice {
  const facts = trails?.map(
    (named): TrailFacts => known.find((it) => isSame(it, named)) ?? { ...named, bucket, prefix },
  );
  return { trails: facts, accounts, regions };
}

function isSame(known: TrailFacts, { arn, name, homeRegion, account }: NamedTrail): boolean {
  if (known.arn !== undefined) return known.arn === arn;
  return known.name === name && known.homeRegion === homeRegion && known.account === account;
}

function namedTrail(arn: string): NamedTrail {
  const { service, region, accountId, resource } = parseArn(arn) ?? {};
  const name = /^trail\/([A-Za-z0-9._-]{3,128})$/.exec(resource ?? '')?.[1];
  if (service !== 'cloudtrail' || name === undefined || region === undefined || accountId === undefined) {
    throw new UsageError(
      `--trail '${arn}' is not the ARN of a trail.`,
      'Write it as in arn:aws:cloudtrail:us-east-1:111122223333:trail/management; names of trails have 3 to 128 characters.',
    );
  }
  return { arn, name, homeRegion: region, account: accountId };
}

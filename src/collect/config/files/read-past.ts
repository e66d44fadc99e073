import type { ConfigItem, ItemType } from '../../../normalize/index.js';
import { Ledger } from '../../aws/ledger.js';
import type { ScopeOptions } from '../../organization/scope.js';
import { ItemVersions } from '../past/item-versions.js';
import { namedBuckets, namedKeyIds } from '../past/named.js';
import { RecordedPast, type Window } from '../past/recorded-past.js';
import { checkAccounts, checkFound } from './collect.js';
import { usualSilence, type Doubt } from './doubts.js';
import { indexFiles, type FileIndex } from './file-index.js';
import { searchFiles } from './file-source.js';
import { findFiles } from './find-files.js';

export interface PastOptions {
  readonly version: string;
  readonly scope: ScopeOptions;
  readonly window: Window;
  /** Recorders are judged themselves. */
  readonly asksRecorders: boolean;
  /** RFC 3339: no delivery is missing up to this moment; undefined: up to the newest item. */
  readonly filesUntil: string | undefined;
  /** Days without a delivery after which nothing is known of an account; undefined: {@link usualSilence}. */
  readonly silentAfterDays?: number | undefined;
}

/**
 * What AWS Config's delivery files tell of a window of time: trails and recorders, the buckets that the trails ever name,
 * and the keys of both.
 *
 * @throws UsageError when no file there is AWS Config's
 */
export async function pastFromFiles(path: string, options: PastOptions): Promise<RecordedPast> {
  const { window, scope, version } = options;
  const ledger = new Ledger();
  const files = await findFiles(path);
  const versions = new ItemVersions();
  const add = (item: ConfigItem): void => versions.add(item);
  const { silentAfterDays = usualSilence, filesUntil } = options;
  const index = await indexFiles(files, {
    asOf: undefined,
    silentAfterDays,
    vouchedUntil: filesUntil,
    ledger,
    onItem: add,
  });
  checkFound(files, index, ledger);
  checkAccounts(scope, index);
  versions.settle(window);
  const unread = new Map<ItemType, Doubt>();
  for (const [type, named] of [['AWS::S3::Bucket', namedBuckets] as const, ['AWS::KMS::Key', namedKeyIds] as const]) {
    const doubt = await searchFiles(index, type, named(versions), add);
    if (doubt !== undefined) unread.set(type, doubt);
    versions.settle(window);
  }
  const at = new Date(index.reaches ?? 0);
  for (const { asked, failure } of unread.values()) ledger.addGap(asked, failure, at);
  const noted = ledger.gaps();
  const end = endOf(options, index.reaches, ledger);
  return new RecordedPast({
    window,
    versions,
    since: sinceOf(index),
    doubts: index.doubts,
    unread: index.unread,
    asksRecorders: options.asksRecorders,
    partition: index.partition,
    version,
    scope,
    caller: { accountId: 'unknown', arn: 'unknown' },
    apiCalls: () => ledger.apiCalls(),
    gaps: noted,
    missing: (type, moment) => unread.get(type) ?? index.doubts.whyMissing(type, moment),
    ...(end === undefined ? {} : { end }),
  });
}

/** An account of which nothing was read is not known at any time. */
function sinceOf({ since, unread }: FileIndex): ReadonlyMap<string, string> {
  return new Map([...[...unread.keys()].map((id) => [id, beginning] as const), ...since]);
}

/** Before anything that AWS Config recorded. */
const beginning = new Date(0).toISOString();

/** Where the records end: what came after the newest delivery is not in the files. */
function endOf(
  { window, filesUntil }: PastOptions,
  reaches: string | undefined,
  ledger: Ledger,
): { readonly at: string; readonly gap: ReturnType<Ledger['gap']> } | undefined {
  const until = filesUntil ?? reaches;
  // The newest item still counts for its own moment.
  const at = until === undefined ? window.from : new Date(Date.parse(until) + 1).toISOString();
  if (at >= window.to) return undefined;
  const told = until === undefined ? 'hold nothing from before the end of the window' : `end at ${until}`;
  const message = `AWS Config's files ${told}: what was recorded later is not in them.`;
  const asked = { call: 'config:DeliveryFile', accountId: '*', region: 'global', resource: 'end' };
  const gap = ledger.addGap(asked, { reason: 'not-recorded-by-config', message }, new Date(at));
  return { at: at < window.from ? window.from : at, gap: ledger.gap(gap) };
}

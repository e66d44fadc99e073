import type { ConfigItem } from '../../../normalize/index.js';
import { Ledger } from '../../aws/ledger.js';
import type { ScopeOptions } from '../../organization/scope.js';
import { ItemVersions } from '../past/item-versions.js';
import { namedBuckets, namedKeyIds } from '../past/named.js';
import { RecordedPast, type Window } from '../past/recorded-past.js';
import { checkAccounts, nothingFound } from './collect.js';
import { indexFiles } from './file-index.js';
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
}

/**
 * What AWS Config's delivery files tell of a window of time. They are read three times: for trails and recorders, for
 * the buckets that the trails ever name, and for the keys.
 *
 * @throws UsageError when no file there is AWS Config's
 */
export async function pastFromFiles(path: string, options: PastOptions): Promise<RecordedPast> {
  const { window, scope, version } = options;
  const ledger = new Ledger();
  const files = await findFiles(path);
  const versions = new ItemVersions();
  const add = (item: ConfigItem): void => versions.add(item);
  const index = await indexFiles(files, window.to, ledger, add);
  if (index.files.length === 0) throw nothingFound(files, ledger);
  checkAccounts(scope, index);
  versions.settle(window.from);
  const buckets = namedBuckets(versions);
  const search = { asOf: window.to, ledger, at: new Date(index.newest ?? 0) };
  const bucketsGap = await searchFiles(
    index,
    { ...search, type: 'AWS::S3::Bucket', isMeant: ({ resourceId }) => buckets.has(resourceId) },
    add,
  );
  versions.settle(window.from);
  const keys = namedKeyIds(versions);
  const keysGap = await searchFiles(
    index,
    { ...search, type: 'AWS::KMS::Key', isMeant: ({ resourceId }) => keys.has(resourceId) },
    add,
  );
  versions.settle(window.from);
  const noted = ledger.gaps();
  const end = endOf(options, index.reaches, ledger);
  return new RecordedPast({
    window,
    versions,
    since: index.since,
    doubts: index.doubts,
    asksRecorders: options.asksRecorders,
    partition: index.partition,
    version,
    scope,
    caller: { accountId: 'unknown', arn: 'unknown' },
    apiCalls: () => ledger.apiCalls(),
    gaps: noted,
    gap: index.gap ?? bucketsGap ?? keysGap,
    ...(end === undefined ? {} : { end }),
  });
}

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

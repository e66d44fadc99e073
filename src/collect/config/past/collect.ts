import { UsageError } from '../../../model/errors.js';
import type { Gap } from '../../../model/inventory.js';
import { alwaysEnabledRegions } from '../../../model/identifiers.js';
import { itemTypes } from '../../../normalize/index.js';
import { enabledRegions, listRegions } from '../../resources/regions.js';
import type { ScopeOptions } from '../../organization/scope.js';
import { startRun, type RunOptions } from '../../run/start.js';
import { checkAlone, configContext } from '../context.js';
import { Deliveries } from '../files/deliveries.js';
import { Doubts, type Doubt, usualSilence } from '../files/doubts.js';
import { HistoryReader } from './history-reader.js';
import { ItemVersions } from './item-versions.js';
import { namedBuckets, namedKeyIds } from './named.js';
import { RecordedPast, type Window } from './recorded-past.js';

export interface PastFromConfigOptions extends Omit<RunOptions, 'calls'> {
  readonly window: Window;
  /** Recorders are judged themselves. */
  readonly asksRecorders: boolean;
  readonly scope: ScopeOptions;
}

/**
 * What the recorders of the caller's own account wrote over a window of time. An aggregator keeps no history.
 *
 * @throws UsageError when the caller may not ask, or nothing was recorded by the end of the window
 */
export async function pastFromConfig(options: PastFromConfigOptions): Promise<RecordedPast> {
  const { window, scope, version } = options;
  return await startRun(options, async (started) => {
    const role = { roleName: 'none', externalId: undefined, concurrency: options.concurrency, asksRecorders: false };
    const { context, identity, at } = await configContext(started, role);
    const { accountId, arn, partition } = identity;
    checkAlone(scope, accountId);
    const { ledger } = started.settings;
    const regions = await listRegions(context, context.sessions.base);
    const enabled = enabledRegions(regions.it) ?? alwaysEnabledRegions(partition);
    const versions = new ItemVersions();
    const reader = new HistoryReader(context, enabled, window, versions);
    await reader.read('AWS::CloudTrail::Trail');
    await reader.read('AWS::CloudTrail::EventDataStore');
    await reader.read('AWS::S3::AccountPublicAccessBlock');
    versions.settle(window);
    await reader.read('AWS::S3::Bucket', namedBuckets(versions));
    versions.settle(window);
    await reader.read('AWS::KMS::Key', namedKeyIds(versions));
    await reader.readRecorders();
    versions.settle(window);
    const since = firstCapture(versions);
    if (since === undefined) {
      const why = reader.gap === undefined ? '' : ` ${ledger.gap(reader.gap).message}`;
      throw new UsageError(
        `AWS Config has no record of account ${accountId} from before ${window.to}.${why}`,
        'It keeps 30 to 2557 days, as set. Older states may be in its delivery files: --source FOLDER.',
      );
    }
    return new RecordedPast({
      window,
      versions,
      since: new Map([[accountId, since]]),
      asksRecorders: options.asksRecorders,
      partition,
      version,
      scope,
      caller: { accountId, arn },
      apiCalls: () => ledger.apiCalls(),
      gaps: ledger.gaps(),
      missing: () => (reader.gap === undefined ? undefined : doubtOf(ledger.gap(reader.gap))),
      doubts: new Doubts({
        unread: [],
        deliveries: new Deliveries(),
        reaches: undefined,
        silentAfterDays: usualSilence,
        vouchedUntil: undefined,
      }),
      regions: regions.it,
      ...(window.to > at.toISOString() ? { end: endAt(at, ledger, accountId) } : {}),
    });
  });
}

function doubtOf({ reason, message, call, accountId, region, resource }: Gap): Doubt {
  return { asked: { call, accountId, region, resource }, failure: { reason, message } };
}

function endAt(at: Date, ledger: Parameters<typeof configContext>[0]['settings']['ledger'], accountId: string) {
  const asked = { call: 'config:GetResourceConfigHistory', accountId, region: 'global', resource: 'end' };
  const message = `AWS Config was read at ${at.toISOString()}: what came later is not known.`;
  return {
    at: at.toISOString(),
    gap: ledger.gap(ledger.addGap(asked, { reason: 'not-recorded-by-config', message }, at)),
  };
}

function firstCapture(versions: ItemVersions): string | undefined {
  let first: string | undefined;
  for (const type of itemTypes) {
    for (const resource of versions.resources(type)) {
      for (const { capturedAt } of resource) if (first === undefined || capturedAt < first) first = capturedAt;
    }
  }
  return first;
}

import { InterruptedError } from '../../model/errors.js';
import type { EventHistory, HistoryPlace, UnreadableHistory } from '../../model/event-history.js';
import { alwaysEnabledRegions } from '../../model/identifiers.js';
import type { UnreadableReason } from '../../model/object-store.js';
import { byText } from '../../text/order.js';
import { Aws } from '../aws/aws-call.js';
import { identify, type Identity } from '../aws/identity.js';
import { eventHistoryPolicy } from '../aws/permissions.js';
import type { Session } from '../aws/session.js';
import { Sessions } from '../aws/sessions.js';
import { listRegions } from '../resources/regions.js';
import { limiter } from '../run/context.js';
import { startRun, type RunOptions } from '../run/start.js';
import { lookUp } from './look-up.js';

export interface EventHistoryOptions extends Omit<RunOptions, 'calls' | 'onProgress'> {
  /** Undefined: the caller's own account. */
  readonly accounts: readonly string[] | undefined;
  /** Undefined: the Regions that each account has enabled. */
  readonly regions: readonly string[] | undefined;
  /** The role that is assumed in other accounts than the caller's. */
  readonly roleName: string;
  readonly externalId: string | undefined;
  readonly onRequests: (requests: number) => void;
}

/** Event history with what reading it took. */
export interface OpenHistory extends EventHistory {
  readonly requests: () => { readonly total: number; readonly byOperation: Readonly<Record<string, number>> };
}

/**
 * Opens Event history for as long as some work goes on.
 *
 * @throws UsageError when there are no credentials
 */
export async function withEventHistory<T>(
  options: EventHistoryOptions,
  work: (history: OpenHistory) => Promise<T>,
): Promise<T> {
  let requests = 0;
  const onRequest = (): void => options.onRequests((requests += 1));
  return await startRun({ ...options, calls: undefined, onProgress: () => undefined }, async (started) => {
    const settings = { ...started.settings, onRequest };
    const aws = new Aws(settings);
    const identity = await identify(aws, started.base, started.region);
    const { accounts = [identity.accountId] } = options;
    const rooms = await limiter(options.concurrency)(
      accounts,
      enterer(aws, started.base.as(identity.accountId), identity, started.region, options),
    );
    if (settings.signal.aborted) throw new InterruptedError('Interrupted before the accounts were entered.');
    const sessions = new Map(rooms.flatMap((it) => (it.session === undefined ? [] : [[it.account, it.session]])));
    const places = rooms.flatMap(({ account, regions }) => regions.map((region) => ({ account, region })));
    return await work({
      places: places.toSorted((a, b) => byText(a.account, b.account) || byText(a.region, b.region)),
      unreadable: rooms.flatMap((it) => it.unreadable),
      pages: (place, lookup) => {
        const session = sessions.get(place.account);
        if (session === undefined) throw new Error(`Account ${place.account} was not entered.`);
        return lookUp(aws, session, place, lookup);
      },
      requests: () => settings.ledger.apiCalls(),
    });
  });
}

interface Entered {
  readonly account: string;
  readonly session?: Session;
  readonly regions: readonly HistoryPlace['region'][];
  readonly unreadable: readonly UnreadableHistory[];
}

function enterer(
  aws: Aws,
  base: Session,
  { partition }: Identity,
  region: string,
  { roleName, externalId, regions }: EventHistoryOptions,
): (account: string) => Promise<Entered> {
  const policy = JSON.stringify(eventHistoryPolicy());
  const sessions = new Sessions(aws, base, { partition, region, roleName, externalId, policy });
  return async (account) => {
    const entered = await sessions.enter(account);
    if ('gap' in entered) {
      const { reason, message } = aws.settings.ledger.gap(entered.gap);
      return { account, regions: [], unreadable: [{ account, reason: reasonOf(reason), message }] };
    }
    const { session } = entered;
    if (regions !== undefined) return { account, session, regions, unreadable: [] };
    const listed = await listRegions({ aws, region }, session);
    if (listed.it.state === 'known') {
      const enabled = listed.it.value.filter((it) => enabledStates.has(it.optStatus)).map((it) => it.name);
      return { account, session, regions: enabled, unreadable: [] };
    }
    const { reason = 'error', message = 'no answer' } = listed.failure ?? {};
    const unreadable = [{ account, reason: reasonOf(reason), message: `its Regions could not be listed: ${message}` }];
    return { account, session, regions: alwaysEnabledRegions(partition), unreadable };
  };
}

/** A Region that is being disabled is enabled until it is. */
const enabledStates: ReadonlySet<string> = new Set(['ENABLED', 'ENABLED_BY_DEFAULT', 'DISABLING']);

function reasonOf(reason: string): UnreadableReason {
  return reason === 'access-denied' || reason === 'throttled' ? reason : 'error';
}

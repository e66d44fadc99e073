import {
  allHold,
  type Channel,
  type ChainTrail,
  type Credit,
  deliveryOf,
  doubt,
  fromKnown,
  mapTri,
  sure,
  type Tri,
  viewsOf,
} from '../facts/index.js';
import type { Account, Trail, TrailStatus } from '../model/inventory.js';
import { absent, known, unknown, type Known } from '../model/known.js';
import { onlyOwnerTells } from '../model/naming.js';
import { streamRefusal } from './log-group-role.js';
import { statusOf } from './trail-status.js';
import type { World } from './world.js';

/** CloudTrail delivers within minutes; the reads of this very run are events. */
const maxSilence = 24 * 60 * 60 * 1000;

/**
 * The trails that may record an account, as the first links of its alarm chains: the same for every subject. Those of the
 * account that was asked for last are kept.
 */
export function chainTrails(account: Account, world: World): readonly ChainTrail[] {
  const last = chained.get(world);
  if (last?.account === account) return last.trails;
  const trails = sharedBy(world, trailsOf(account, world));
  chained.set(world, { account, trails });
  return trails;
}

const chained = new WeakMap<World, { readonly account: Account; readonly trails: readonly ChainTrail[] }>();

/** So many lists are remembered. */
const mostLists = 64;

const lists = new WeakMap<World, Map<string, readonly ChainTrail[]>>();

/** Members of one organization mostly have trails that say the same: those are one list, and their chains the same, too. */
function sharedBy(world: World, trails: readonly ChainTrail[]): readonly ChainTrail[] {
  const ofWorld = lists.get(world) ?? new Map<string, readonly ChainTrail[]>();
  lists.set(world, ofWorld);
  const key = JSON.stringify(trails);
  const before = ofWorld.get(key);
  // The text has all of them but what they record.
  if (before?.every((it, at) => it.records === trails[at]?.records) === true) return before;
  if (ofWorld.size >= mostLists) ofWorld.clear();
  ofWorld.set(key, trails);
  return trails;
}

function trailsOf(account: Account, world: World): readonly ChainTrail[] {
  const own = world.lookup.trailsOf(account.id).map((trail) => chainTrail(trail, world));
  const credited = creditsInForce(account, world).map((credit) => {
    const trail = world.lookup.trail(credit.trailArn);
    return trail === undefined ? unseenTrail(credit, account, world) : chainTrail(trail, world, { account, credit });
  });
  return [...own, ...credited];
}

/** Organization trails of another account that do, or may, record this one. */
export function creditsInForce(account: Account, world: World): readonly Credit[] {
  return world.creditsOf(account).filter(({ grade }) => grade !== 'refuted');
}

/** Why there may be trails besides these. */
export function unreadTrails(account: Account, { inventory: { organization } }: World): readonly string[] {
  const isManagement = organization?.managementAccountId === account.id;
  const gaps = [account.ownTrailsGap, isManagement ? undefined : organization?.trailsGap];
  return gaps.filter((gap) => gap !== undefined);
}

interface Member {
  readonly account: Account;
  readonly credit: Credit;
}

/**
 * @param member that an organization trail of another account is credited to. What this account sees may refute that it
 *   records here and arrives in the log group, and never proves it: that is up to what the owner sees.
 */
function chainTrail(trail: Trail, world: World, member?: Member): ChainTrail {
  const { arn, description } = trail;
  const status = statusOf(trail, world);
  const { inventory, gaps } = world;
  const seenIn = (accountId: string): Channel => {
    const views = viewsOf({ ...trail, status }, inventory, accountId);
    return deliveryOf({ ...trail, status }, { views, capturedAt: inventory.capturedAt, gaps }).cloudWatchLogs;
  };
  const channel = seenIn(trail.accountId);
  const credit = member?.credit;
  const accountId = member?.account.id ?? trail.accountId;
  const arrives = (it: Channel): Tri<boolean> =>
    allHold([mapTri(it.error, (code) => code === undefined), it.isFresh(maxSilence)]);
  const seenError = credit?.latestCloudWatchLogsDeliveryError;
  const error = seenError ?? (channel.error.state === 'known' ? channel.error.value : undefined);
  return {
    arn,
    applies: credit?.grade === 'inferred' ? doubt(credit.gaps) : sure(true),
    isLogging: allHold([fromKnown(status, false, (it) => it.isLogging), sure(credit?.isLogging !== false)]),
    isMultiRegion: fromKnown(description, false, (it) => it.isMultiRegionTrail),
    records: recordsOf(trail, world),
    logGroupArn: logGroupOf(description),
    streamRefusal: streamRefusal(trail, accountId, () => arrives(seenIn(accountId)), world),
    deliversToLogGroup: arrives(channel),
    // Without its streams in the role's policy a member's events are missing, and only its own answer shows it.
    mayWriteStreams:
      member === undefined
        ? sure(true)
        : allHold([sure(seenError === undefined), seenIn(member.account.id).isFresh(maxSilence)]),
    ...(error === undefined ? {} : { deliveryError: error }),
  };
}

function logGroupOf(description: Trail['description']): Known<string> {
  if (description.state !== 'known') return description;
  const { cloudWatchLogsLogGroupArn: arn } = description.value;
  return arn === undefined ? absent : known(arn);
}

/** By its selectors alone: whether log files arrive says nothing of the log group. Accounts share the answers. */
function recordsOf(trail: Trail, { coverages, inventory: { capturedAt } }: World): ChainTrail['records'] {
  const found = recorded.get(trail);
  if (found !== undefined) return found;
  // The events that are asked for are those of the classes, each an object that stays.
  const answers = new WeakMap<Parameters<ChainTrail['records']>[0], Tri<boolean>>();
  const coverage = coverages.ofTrail({ ...trail, status: known(delivering(capturedAt)) });
  const records: ChainTrail['records'] = (event) => {
    const answer = answers.get(event) ?? coverage.records(event);
    answers.set(event, answer);
    return answer;
  };
  recorded.set(trail, records);
  return records;
}

/** The status of a trail that delivers log files without fail. */
function delivering(at: string): TrailStatus {
  return { isLogging: true, startLoggingTime: at, latestDeliveryTime: at, latestDigestDeliveryTime: at };
}

const recorded = new WeakMap<Trail, ChainTrail['records']>();

/** A trail that the account sees and nobody described. */
function unseenTrail({ trailArn, grade, gaps }: Credit, account: Account, world: World): ChainTrail {
  const gap = world.note({
    call: 'cloudtrail:DescribeTrails',
    accountId: account.id,
    region: 'global',
    resource: trailArn,
    reason: 'not-collected',
    message: onlyOwnerTells(trailArn),
  });
  const open = doubt([gap]);
  return {
    arn: trailArn,
    applies: grade === 'inferred' ? doubt(gaps) : sure(true),
    isLogging: open,
    isMultiRegion: open,
    records: () => open,
    logGroupArn: unknown(gap),
    deliversToLogGroup: open,
    mayWriteStreams: sure(true),
  };
}

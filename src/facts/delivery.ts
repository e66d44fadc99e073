import type { Trail, TrailDescription } from '../model/inventory.js';
import type { GapSink } from './fact-gaps.js';
import {
  deliveryCases,
  notDue,
  noteSilence,
  quietOf,
  toldOf,
  traitsOf,
  type ChannelName,
  type Failure,
  type Since,
  type TrailViews,
} from './silence/index.js';
import { allHold, doubt, fromKnown, mapTri, someHold, sure } from './three-valued.js';
import type { OpenList, Tri } from './values.js';

/** One of the ways in which a trail hands on what it records. Times are RFC 3339. */
export interface Channel {
  readonly isConfigured: Tri<boolean>;
  /** As the owner is told. */
  readonly latestTime: Tri<string | undefined>;
  /**
   * Of the last attempt, when it failed: the owner's, else of the first account that is told one. Undefined also for a
   * channel that is not configured.
   */
  readonly error: Tri<string | undefined>;
  /** What each account is told of it: the owner, and others that see the trail log and are told of the channel. */
  readonly byAccount: () => OpenList<AccountDelivery>;
  /** In the account where it is quiet longest; undefined: not configured, or nothing ever came. */
  readonly quietSince: () => Tri<string | undefined>;
  /** Whether it is quiet for no longer than so many milliseconds, in all accounts that are told of it. */
  readonly isFresh: (within: number) => Tri<boolean>;
}

/** A channel as one account is told. */
export interface AccountDelivery {
  readonly accountId: string;
  readonly latestTime: string | undefined;
  readonly error: string | undefined;
  /** Undefined: nothing ever came. */
  readonly quietSince: () => Tri<string | undefined>;
}

export type Channels = Readonly<Record<ChannelName, Channel>>;

/** What an answer about delivery is made of. */
export interface DeliverySetting {
  /** Who told what of the trail: only these accounts count. */
  readonly views: TrailViews;
  /** When the state was read. */
  readonly capturedAt: string;
  readonly gaps: GapSink;
}

/** The state of a trail's four channels, as its owner and the other accounts are told. */
export function deliveryOf(trail: Trail, setting: DeliverySetting): Channels {
  const channel = (name: ChannelName): Channel => channelOf(name, trail, setting);
  return {
    logs: channel('logs'),
    digests: channel('digests'),
    cloudWatchLogs: channel('cloudWatchLogs'),
    notifications: channel('notifications'),
  };
}

/** Whether a trail that logs fails in some channel, as an account is told: certain also where the owner was not asked. */
export function hasError(channels: Channels, { owner }: TrailViews): Tri<boolean> {
  if (owner.state === 'known' && !owner.value.isLogging) return sure(false);
  return someHold(Object.values(channels).map(({ error }) => mapTri(error, (code) => code !== undefined)));
}

function isConfigured(name: ChannelName, { description }: Trail): Tri<boolean> {
  const has = (test: (it: TrailDescription) => boolean): Tri<boolean> => fromKnown(description, false, test);
  switch (name) {
    case 'logs':
      return sure(true);
    case 'digests':
      return has((it) => it.logFileValidationEnabled);
    case 'cloudWatchLogs':
      return has((it) => it.cloudWatchLogsLogGroupArn !== undefined);
    case 'notifications':
      return has((it) => it.snsTopicArn !== undefined);
  }
}

function channelOf(name: ChannelName, trail: Trail, setting: DeliverySetting): Channel {
  const configured = isConfigured(name, trail);
  const ofOwner = fromKnown(setting.views.owner, undefined, (it) => toldOf(name, it).error);
  const hasOwn = ofOwner.state === 'known' && ofOwner.value !== undefined;
  const [first] = setting.views.others.flatMap(({ status }) => toldOf(name, status).error ?? []);
  const error = hasOwn || first === undefined ? ofOwner : sure(first);
  return {
    isConfigured: configured,
    latestTime: fromKnown(setting.views.owner, undefined, (it) => toldOf(name, it).time),
    error: whereConfigured(configured, error),
    byAccount: () => {
      if (configured.state === 'known' && !configured.value) return { members: [], doubtful: [] };
      const all = seenBy(name, trail, setting).filter(({ since }) => since.best < notDue || since.worst < notDue);
      const rest = setting.views.owner.state === 'unknown' ? { rest: doubt([setting.views.owner.gap]) } : {};
      const told = all.map(toldIn);
      if (configured.state === 'known') return { members: told, doubtful: [], ...rest };
      return { members: [], doubtful: told.map((value) => ({ value, gaps: configured.gaps })), ...rest };
    },
    quietSince: () => whereConfigured(configured, quietSinceOf(name, trail, setting)),
    isFresh: (within) => allHold([configured, ...freshIn(name, within, trail, setting)]),
  };
}

function toldIn({ accountId, told, since, note }: Seen): AccountDelivery {
  return { accountId, latestTime: told.time, error: told.error, quietSince: () => timeOf(since, note) };
}

interface Seen {
  readonly accountId: string;
  readonly told: ReturnType<typeof toldOf>;
  readonly since: Since;
  /** Why it is not certain. */
  readonly note: () => string;
}

/** How each account that was asked sees the channel. */
function seenBy(name: ChannelName, trail: Trail, { views, capturedAt, gaps }: DeliverySetting): readonly Seen[] {
  const { owner, others } = views;
  const now = Date.parse(capturedAt);
  const traits = traitsOf(trail);
  const own = owner.state === 'known' ? [{ accountId: trail.accountId, isOwner: true, status: owner.value }] : [];
  return [...own, ...others].map((view) => ({
    accountId: view.accountId,
    told: toldOf(name, view.status),
    since: quietOf(name, view, traits, now),
    note: () => noteSilence(name, trail, view, { at: capturedAt, gaps }),
  }));
}

function freshIn(name: ChannelName, within: number, trail: Trail, setting: DeliverySetting): readonly Tri<boolean>[] {
  const { views, capturedAt } = setting;
  const now = Date.parse(capturedAt);
  const ofOwner = views.owner.state === 'known' ? [] : [fromKnown<unknown, boolean>(views.owner, false, () => true)];
  if (name === 'logs' && views.of !== undefined) return [...ofOwner, reachesAccount(within, trail, setting)];
  const all = seenBy(name, trail, setting).map(({ since, note }): Tri<boolean> => {
    if (now - since.best > within) return sure(false);
    return now - since.worst <= within ? sure(true) : doubt([note()]);
  });
  return [...ofOwner, ...all];
}

/** Whether what is recorded for one account has not failed to arrive for longer: that it is quiet alone is no failure. */
function reachesAccount(within: number, trail: Trail, { views, capturedAt, gaps }: DeliverySetting): Tri<boolean> {
  const now = Date.parse(capturedAt);
  const { best, worst, doubtful } = deliveryCases(trail, views, now);
  const lasts = (it: Failure | undefined): boolean =>
    it !== undefined && (it.since === undefined || now - Date.parse(it.since) > within);
  if (lasts(best)) return sure(false);
  if (!lasts(worst)) return sure(true);
  return doubt(doubtful.map((view) => noteSilence('logs', trail, view, { at: capturedAt, gaps })));
}

/** Known where the account in which it is quiet longest is certain. */
function quietSinceOf(name: ChannelName, trail: Trail, setting: DeliverySetting): Tri<string | undefined> {
  const { owner } = setting.views;
  if (owner.state === 'unknown') return doubt([owner.gap]);
  const seen = seenBy(name, trail, setting);
  const worst = Math.min(...seen.map(({ since }) => since.worst));
  const best = Math.min(...seen.map(({ since }) => since.best));
  const notes = seen.filter(({ since }) => since.worst < best).map(({ note }) => note);
  return best === worst ? sure(timeAt(best)) : doubt(notes.map((note) => note()));
}

function timeOf({ best, worst }: Since, note: () => string): Tri<string | undefined> {
  return best === worst ? sure(timeAt(best)) : doubt([note()]);
}

/** Undefined: never. */
function timeAt(milliseconds: number): string | undefined {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : undefined;
}

/** AWS keeps telling the last time and error of a channel that was since taken away: these say nothing any more. */
export function whereConfigured(configured: Tri<boolean>, it: Tri<string | undefined>): Tri<string | undefined> {
  if (configured.state === 'known') return configured.value ? it : sure(undefined);
  if (it.state === 'known') return it.value === undefined ? it : configured;
  return doubt([...configured.gaps, ...it.gaps]);
}

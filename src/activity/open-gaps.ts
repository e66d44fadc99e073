import type { Gap } from '../model/results.js';
import { time, type Hole } from './account-coverage.js';
import type { Window } from './collector.js';
import type { Match } from './match.js';

interface Around {
  readonly matches: readonly Match[];
  readonly holes: readonly Hole[];
  readonly window: Window;
  readonly account: string;
  readonly at: string;
}

/** What leaves a verdict open beside holes, as gaps. Ids that name holes are those of the account's. */
export function describeOpen(ids: readonly string[], around: Around): readonly Gap[] {
  const { matches, holes, window, account, at } = around;
  const events = new Map(matches.map((it) => [it.eventID, it]));
  const ofHoles = new Map(holes.map(({ gap }) => [gap.id, gap]));
  return [...new Set(ids)].map((id): Gap => {
    const hole = ofHoles.get(id);
    if (hole !== undefined) return hole;
    const separator = id.indexOf(':');
    const kind = id.slice(0, separator);
    const match = events.get(id.slice(separator + 1));
    const message = messages[kind]?.(match, window) ?? `What decides could not be read: ${id}.`;
    const gap = {
      id: kind === 'after-window' || kind === 'before-window' ? id : `${id}:${account}`,
      call: 'cloudtrail:LogFiles',
      accountId: account,
      region: 'global',
      reason: 'unsupported' as const,
      message,
      at,
    };
    return Object.assign(gap, match === undefined ? {} : { resource: match.origin.object });
  });
}

const messages: Readonly<Record<string, (match: Match | undefined, window: Window) => string>> = {
  event: (match) =>
    `Event ${nameOf(match)} lacks what the policy asks: CloudTrail leaves out what is too large to be recorded, or the record is not of the documented form.`,
  circle: (match) =>
    `Event ${nameOf(match)} and updates of it replace each other, as CloudTrail never writes them: which one holds is not known.`,
  'same-second': (match) =>
    `Event ${nameOf(match)} happened in the same second: which of the two came first is not recorded.`,
  'after-window': (_, { to }) => `What followed after ${time(to)} was not read.`,
  'before-window': (_, { from }) => `What happened before ${time(from)} was not read.`,
  parameter: () => 'A count or time of the policy is out of range: change the policy or its parameters.',
};

function nameOf(match: Match | undefined): string {
  return match === undefined ? '' : `${match.eventName} ${match.eventID}`;
}

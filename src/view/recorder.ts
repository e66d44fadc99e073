import type { Account, Recorder, RecorderEvent, RecorderSettings } from '../model/inventory.js';
import { unknown } from '../model/known.js';
import { frequencyOf } from '../model/recorder.js';
import { optional, orAbsent, required } from './convert.js';
import { evidenceOf, fields, observed } from './fields.js';
import { LazyObject, type Field, type Shape } from './object.js';
import { totalMap } from './total-map.js';
import { Unknown, type Value, type ViewObject } from '../expression/index.js';
import type { World } from './world.js';
import { byText } from '../text/order.js';

/** The recorder of an account in one of its Regions, or in those of which nothing is known. */
export interface RecorderOf {
  readonly accountId: string;
  readonly region: string;
  readonly recorder: Recorder;
  readonly object: ViewObject;
}

/** As results name a Region that is not known. */
const unknownRegion = 'unknown';

/**
 * The recorders of an account, one for each enabled Region, also where there is none. Regions that nobody told of are
 * one more, of which nothing is known: who asks for recorders sees that some may be missing.
 */
export function recordersOf(account: Account, world: World): readonly RecorderOf[] {
  const { recorders, recordersGap } = account;
  const known = (recorders ?? []).toSorted((a, b) => byText(a.region, b.region));
  const gap = recorders === undefined ? notAsked(account, world) : recordersGap;
  return [...known, ...(gap === undefined ? [] : [unreadRecorder(gap)])].map((recorder) => {
    const { region } = recorder;
    return {
      accountId: account.id,
      region,
      recorder,
      object: new LazyObject(recorderShape, { account, ...recorder }, world),
    };
  });
}

function unreadRecorder(gap: string): Recorder {
  const it = unknown(gap);
  return { region: unknownRegion, settings: it, recording: it, lastEvent: it, evidence: {} };
}

function notAsked({ id, ownTrails }: Account, world: World): string {
  if (ownTrails.state === 'unknown') return ownTrails.gap;
  return world.note({
    call: described,
    accountId: id,
    region: 'global',
    reason: 'not-collected',
    message: `Account ${id} was read for other policies, without its recorders of AWS Config.`,
  });
}

interface Subject extends Recorder {
  readonly account: Account;
}

const described = 'config:DescribeConfigurationRecorders';
const statusCall = 'config:DescribeConfigurationRecorderStatus';

function settings(show: (it: RecorderSettings) => Value, whenAbsent?: Value): Field<Subject> {
  return observed([described], ({ settings: it }) =>
    whenAbsent === undefined ? optional(it, show) : required(it, whenAbsent, show),
  );
}

function lastEvent(show: (it: RecorderEvent) => Value): Field<Subject> {
  return observed([statusCall], ({ lastEvent: it }) => optional(it, show));
}

const recordsNothing = totalMap(() => 'no');

const recorderShape: Shape<Subject> = {
  type: 'Recorder',
  label: ({ account, region }) => `${account.id}/${region}`,
  cause: ({ account, region }, field) => ({ targetType: 'config-recorder', id: recorderId(account.id, region), field }),
  fields: fields<Subject>({
    name: settings((it) => it.name),
    accountId: observed([described], ({ account }) => account.id),
    region: observed([described], ({ region, settings: it }) =>
      region === unknownRegion && it.state === 'unknown' ? new Unknown([it.gap]) : region,
    ),
    recording: {
      read: ({ recording: it }) => required(it, false, (value) => value),
      // Where there is none, its status is not asked for: that there is none is the evidence.
      evidence: (it) => evidenceOf(it, [it.settings.state === 'absent' ? described : statusCall]),
    },
    lastStatus: lastEvent((it) => orAbsent(it.status)),
    lastErrorCode: lastEvent((it) => orAbsent(it.errorCode)),
    records: settings((it) => totalMap((type) => frequencyOf(it, type)), recordsNothing),
  }),
};

/** Names the place and not what is there: a recorder that was missing stays the same target when it comes. */
export function recorderId(accountId: string, region: string): string {
  return `${accountId}/${region}`;
}

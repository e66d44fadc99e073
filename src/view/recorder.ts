import type { Account, Recorder, RecorderEvent, RecorderSettings } from '../model/inventory.js';
import { unknown } from '../model/known.js';
import { frequencyOf, recordsEveryType, recordsGlobalTypes } from '../model/recorder.js';
import { optional, orAbsent, required } from './convert.js';
import { evidenceOf, fields, observed } from './fields.js';
import { LazyObject, union, type Field, type Shape } from './object.js';
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

/**
 * Types of IAM are global: one recorder of the account that works is enough for them. Where none has them it is told of
 * the first that there is, so that it is one finding of the account.
 */
function globalTypesRecorded({ recorders = [], recordersGap }: Account, region: string): Value {
  const gaps: string[] = recordersGap === undefined ? [] : [recordersGap];
  for (const { settings: it, recording } of recorders) {
    if (it.state === 'unknown') gaps.push(it.gap);
    if (it.state !== 'known' || !recordsGlobalTypes(it.value)) continue;
    if (recording.state === 'unknown') gaps.push(recording.gap);
    if (recording.state === 'known' && recording.value) return true;
  }
  const [first] = recorders
    .filter((it) => it.settings.state === 'known')
    .map((it) => it.region)
    .toSorted(byText);
  if (region !== first && first !== undefined) return true;
  return gaps.length > 0 ? new Unknown(gaps) : false;
}

/** https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html */
function isServiceLinked(roleArn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\/config\.amazonaws\.com\/AWSServiceRoleForConfig$/.test(
    roleArn,
  );
}

function roleNotKept({ id }: Account, region: string, name: string, world: World): string {
  return world.note({
    call: described,
    accountId: id,
    region,
    resource: name,
    reason: 'not-collected',
    message: `The role of recorder ${name} was not kept: run the scan again.`,
  });
}

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
    recordsEveryType: settings(recordsEveryType, false),
    globalTypesRecorded: {
      read: ({ account, region }) => globalTypesRecorded(account, region),
      evidence: ({ account }) => union((account.recorders ?? []).map((it) => evidenceOf(it, [described, statusCall]))),
    },
    usesServiceLinkedRole: observed([described], ({ account, region, settings: it }, world) =>
      required(it, false, ({ roleArn, name }) =>
        roleArn === undefined ? new Unknown([roleNotKept(account, region, name, world)]) : isServiceLinked(roleArn),
      ),
    ),
  }),
};

/** Names the place and not what is there: a recorder that was missing stays the same target when it comes. */
export function recorderId(accountId: string, region: string): string {
  return `${accountId}/${region}`;
}

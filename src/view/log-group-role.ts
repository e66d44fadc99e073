import {
  allHold,
  deliveryOf,
  doubt,
  mapTri,
  type Refusal,
  roleWriting,
  type RoleWriting,
  someHold,
  sure,
  type Tri,
  viewsOf,
} from '../facts/index.js';
import type { Gap, Role, Trail } from '../model/inventory.js';
import { fromTri } from './convert.js';
import { membersOf } from './documents.js';
import { allEvidenceOf, derived, evidenceOf } from './fields.js';
import type { Field } from './object.js';
import { statusOf } from './trail-status.js';
import { neverRecorded, type World } from './world.js';

/** The role with which a trail writes to its log group, where it was read. */
export function roleOf({ description }: Trail, { inventory: { roles = [] } }: World): Role | undefined {
  const arn = description.state === 'known' ? description.value.cloudWatchLogsRoleArn : undefined;
  return arn === undefined ? undefined : roles.find((it) => it.arn === arn);
}

const aDay = 24 * 60 * 60 * 1000;

const written = new WeakMap<World, Map<string, RoleWriting>>();

/** What the documents of a trail's role say; accounts share the answers. Undefined: it sends to no log group. */
function writingOf(trail: Trail, world: World): RoleWriting | undefined {
  const { description, arn } = trail;
  const logGroup = description.state === 'known' ? description.value.cloudWatchLogsLogGroupArn : undefined;
  if (logGroup === undefined) return undefined;
  const all = written.get(world) ?? new Map<string, RoleWriting>();
  written.set(world, all);
  const found = all.get(arn) ?? readWriting(trail, logGroup, world);
  all.set(arn, found);
  return found;
}

function readWriting(trail: Trail, logGroup: string, world: World): RoleWriting {
  const role = roleOf(trail, world);
  if (role === undefined) {
    const unread = (): Tri<Refusal> => doubt([notRead(trail, world)]);
    return { own: unread, member: unread };
  }
  const { inventory, gaps } = world;
  const { accountId, arn: resource } = role;
  const note = (gap: Pick<Gap, 'call' | 'reason' | 'message'>, about: string): string =>
    gaps.add({ ...gap, accountId, region: 'global', resource, at: inventory.capturedAt }, about);
  return roleWriting(role, trail, logGroup, { organizationId: inventory.organization?.id, note });
}

function notRead({ arn, accountId, description }: Trail, world: World): string {
  const { roles } = world.inventory;
  const role = description.state === 'known' ? description.value.cloudWatchLogsRoleArn : undefined;
  const named = role === undefined ? 'names no role' : `names role ${role}`;
  const asked = { call: 'iam:GetRole', accountId, region: 'global', resource: role ?? arn };
  if (roles === undefined) {
    const message = `The inventory has nothing on roles: trail ${arn} ${named}.`;
    return world.note({ ...asked, reason: neverRecorded(world.inventory), message });
  }
  const message = `Trail ${arn} ${named}: which is none of the trail's account, and is not judged.`;
  return world.note({ ...asked, reason: 'unsupported', message });
}

/**
 * Why the role of a trail may not write the log streams of an account, as its documents say; what they leave open, events
 * that did arrive decide.
 *
 * @param arrives whether they do: in the log group for that account, lately and without an error
 */
export function streamRefusal(
  trail: Trail,
  accountId: string,
  arrives: () => Tri<boolean>,
  world: World,
): Tri<Refusal> {
  const writing = writingOf(trail, world);
  if (writing === undefined) return sure(undefined);
  const refusal = accountId === trail.accountId ? writing.own() : writing.member(accountId);
  return refusal.state === 'known' ? refusal : unlessArriving(refusal, arrives());
}

function unlessArriving(refusal: Tri<Refusal>, arrives: Tri<boolean>): Tri<Refusal> {
  return arrives.state === 'known' && arrives.value ? sure(undefined) : refusal;
}

/** The same for all accounts of a trail: the first that its role may not write, else what is not known. */
function refusalOfAll(trail: Trail, world: World): Tri<Refusal> {
  const { description, accountId: owner } = trail;
  if (description.state === 'unknown') return doubt([description.gap]);
  const isOrganizations = description.state === 'known' && description.value.isOrganizationTrail;
  const { accountIds, open } = membersOf(world);
  const members = isOrganizations && world.inventory.organization !== null ? accountIds : [];
  const arrives = (): Tri<boolean> => arrivesFor(trail, world);
  const all = [owner, ...members.filter((it) => it !== owner)].map((id) => streamRefusal(trail, id, arrives, world));
  const refused = all.find((it) => it.state === 'known' && it.value !== undefined);
  if (refused !== undefined) return refused;
  const gaps = all.flatMap((it) => (it.state === 'unknown' ? it.gaps : []));
  if (gaps.length > 0) return doubt(gaps);
  return isOrganizations && open !== undefined ? unlessArriving(open, arrives()) : sure(undefined);
}

/** Events did arrive, and no error is told. For how long none may come is for who asks to say. */
function arrivesFor(trail: Trail, world: World): Tri<boolean> {
  const { inventory, gaps } = world;
  const seen = { ...trail, status: statusOf(trail, world) };
  const views = viewsOf(seen, inventory);
  const { cloudWatchLogs } = deliveryOf(seen, { views, capturedAt: inventory.capturedAt, gaps });
  const came = mapTri(cloudWatchLogs.quietSince(), (it) => it !== undefined);
  return allHold([
    mapTri(cloudWatchLogs.error, (it) => it === undefined),
    someHold([came, cloudWatchLogs.isFresh(aDay)]),
  ]);
}

function evidenceOfRole(trail: Trail, world: World): readonly (readonly string[])[] {
  const role = roleOf(trail, world);
  return [
    evidenceOf(trail, ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus']),
    role === undefined ? [] : allEvidenceOf(role),
  ];
}

/** Whether the documents of a trail's role let it write the log streams of all accounts that the trail records. */
export const logGroupWriting: Readonly<Record<string, Field<Trail>>> = {
  logGroupRefusal: derived(evidenceOfRole, (trail, world) => fromTri(refusalOfAll(trail, world), (it) => it)),
  canWriteLogGroup: derived(evidenceOfRole, (trail, world) =>
    fromTri(
      mapTri(refusalOfAll(trail, world), (it) => it === undefined),
      (may) => may,
    ),
  ),
};

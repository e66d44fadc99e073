import type { GetTrailStatusResponse } from '@aws-sdk/client-cloudtrail';
import { ServiceError } from '../protocol/answer.js';
import { parseArn } from '../protocol/arn.js';
import { isDelegatedAdministrator, organizationOf } from '../world/index-world.js';
import { isRegionOn } from '../world/regions.js';
import type { WorldTrail } from '../world/resources.js';
import type { Call } from './call.js';

/** A trail as an account sees it in a Region: itself, or a shadow of a trail of another Region or of the owner. */
export interface VisibleTrail {
  readonly trail: WorldTrail;
  readonly isShadow: boolean;
  readonly status: GetTrailStatusResponse;
}

/** The organization's trails that reach the caller's account from another one, in whatever Region. */
export function organizationTrailsInMember(call: Call): readonly VisibleTrail[] {
  const { index, caller } = call;
  const member = index.accounts.get(caller.accountId);
  if (member === undefined || organizationOf(index, member.id) === undefined) return [];
  return index.organizationTrails.flatMap((trail) => {
    const status = trail.inMembers[member.id] ?? trail.status;
    const isElsewhere =
      trail.accountId === member.id ||
      status === 'not-there' ||
      // A trail whose home Region is off in the member does not reach it.
      !isRegionOn(index.world, member, trail.homeRegion);
    return isElsewhere ? [] : [{ trail, isShadow: true, status }];
  });
}

/** All that the caller's account sees in the call's Region: a trail is seen only where it logs. */
export function visibleTrails(call: Call): readonly VisibleTrail[] {
  const own = (call.index.trailsByOwner.get(call.caller.accountId) ?? []).map((trail) => ({
    trail,
    isShadow: trail.homeRegion !== call.region,
    status: trail.status,
  }));
  return [...own, ...organizationTrailsInMember(call)].filter(
    ({ trail }) => trail.homeRegion === call.region || trail.description.IsMultiRegionTrail === true,
  );
}

/**
 * The trail that a call names: by name only at home and in its own account, by ARN wherever it is seen.
 *
 * @throws ServiceError TrailNotFoundException, CloudTrailARNInvalidException or InvalidTrailNameException.
 */
export function namedTrail(call: Call, name: string): VisibleTrail {
  const seen = visibleTrails(call);
  const asked = name.startsWith('arn:') ? trailArn(name) : trailName(name);
  const found = seen.find(({ trail, isShadow }) => trail.arn === asked || (!isShadow && trail.name === asked));
  if (found !== undefined) return found;
  throw unknownTrail(call, name);
}

export function unknownTrail(call: Call, name: string): ServiceError {
  const message = `Unknown trail: ${name} for the user: ${call.caller.accountId}`;
  return new ServiceError(400, 'TrailNotFoundException', message);
}

/** Whether the caller may read the settings of a trail, not only its status: members may not. */
export function mayReadSettings(call: Call, trail: WorldTrail): boolean {
  const { caller, index } = call;
  if (trail.accountId === caller.accountId) return true;
  const organization = organizationOf(index, caller.accountId);
  return (
    organization !== undefined && isDelegatedAdministrator(organization, caller.accountId, 'cloudtrail.amazonaws.com')
  );
}

/** The text, when it is the ARN of a trail. */
export function trailArn(text: string): string {
  const arn = parseArn(text);
  const isTrail = arn?.service === 'cloudtrail' && /^trail\/.+$/.test(arn.resource) && /^\d{12}$/.test(arn.accountId);
  if (isTrail && arn.region !== '') return text;
  const message = `Invalid ARN: ${text}. The ARN of a trail looks like arn:aws:cloudtrail:us-east-1:111122223333:trail/name.`;
  throw new ServiceError(400, 'CloudTrailARNInvalidException', message);
}

function trailName(text: string): string {
  if (text.length >= 3 && text.length <= 128) return text;
  throw new ServiceError(400, 'InvalidTrailNameException', `Trail name must be between 3 and 128 characters: ${text}`);
}

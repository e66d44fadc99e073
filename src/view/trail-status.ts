import type { Trail, TrailStatus } from '../model/inventory.js';
import { unknown, type Known } from '../model/known.js';
import type { World } from './world.js';

/** The trail is described, yet GetTrailStatus knows none: it came or went in between, so nothing is known. */
export function statusOf(trail: Trail, world: World): Known<TrailStatus> {
  if (trail.status.state !== 'absent') return trail.status;
  const { accountId, homeRegion, arn } = trail;
  const message = `CloudTrail describes trail ${arn}, but gave no status of it.`;
  const gap = { call: 'cloudtrail:GetTrailStatus', accountId, region: homeRegion, resource: arn };
  return unknown(world.note({ ...gap, reason: 'error', message }));
}

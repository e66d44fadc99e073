import { Unknown, type Value, type ViewObject } from '../expression/index.js';
import type { Trail } from '../model/inventory.js';
import { time } from './convert.js';
import { PartObject, type Values } from './object.js';
import type { World } from './world.js';

/** What verify-logs found; nobody knows where its result was not given. */
export function logVerification(trail: Trail, world: World, self: ViewObject): Value {
  const it = trail.logVerification;
  if (it === undefined) {
    const { accountId, homeRegion, arn } = trail;
    const message =
      'Its log files were not verified, or the result was not given: trailproof verify-logs --format json.';
    const asked = { call: 's3:GetObject', accountId, region: homeRegion, resource: arn };
    return new Unknown([world.note({ ...asked, reason: 'not-collected', message })]);
  }
  const values: Values = {
    from: time(it.from),
    to: time(it.to),
    asOf: time(it.asOf),
    tampering: it.tampering,
    isComplete: it.isComplete,
    accounts: it.accounts,
    regions: it.regions,
    message: it.message,
  };
  return new PartObject('LogVerification', values, self, 'logVerification');
}

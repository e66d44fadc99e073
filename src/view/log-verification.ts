import { Unknown, type Value, type ViewObject } from '../expression/index.js';
import type { LogVerification, Trail } from '../model/inventory.js';
import { time } from './convert.js';
import { PartObject, type Values } from './object.js';
import type { World } from './world.js';

/** What verify-logs found; unknown where its result was not given. */
export function logVerification(trail: Trail, world: World, self: ViewObject): Value {
  const open = (message: string): Unknown => {
    const { accountId, homeRegion, arn } = trail;
    const asked = { call: 's3:GetObject', accountId, region: homeRegion, resource: arn };
    return new Unknown([world.note({ ...asked, reason: 'not-collected', message })]);
  };
  const it = trail.logVerification;
  if (it === undefined) {
    return open('Its log files were not verified, or the result was not given: trailproof verify-logs --format json.');
  }
  const values: Values = {
    from: time(it.from),
    to: time(it.to),
    asOf: time(it.asOf),
    tampering: it.tampering,
    isIntact: isIntact(it, world, open),
    isComplete: it.isComplete && it.isPart ? open(it.message) : it.isComplete,
    accounts: it.accounts,
    regions: it.regions,
    message: it.message,
  };
  return new PartObject('LogVerification', values, self, 'logVerification');
}

const longest = 7 * 24 * 3_600_000;

/** What was not read, or long ago, may have been changed. */
function isIntact(it: LogVerification, { inventory }: World, open: (message: string) => Unknown): Value {
  if (it.tampering > 0) return false;
  if (!it.isComplete || it.isPart) return open(it.message);
  if (Date.parse(inventory.capturedAt) - Date.parse(it.to) <= longest) return true;
  return open(`Its log files were verified up to ${it.to} only, more than seven days ago.`);
}

import type { Bucket, LifecycleRule } from '../model/inventory.js';
import { least } from './retention.js';
import { fromKnown } from './three-valued.js';
import type { Tri } from './values.js';

/** What lifecycle rules do to logs of which it is not known where in the bucket they lie. */
export interface OtherLogRetention {
  /** Days until a rule of the whole bucket removes a log; undefined: none does. */
  readonly whole: number | undefined;
  /** The fewest days of any rule; undefined: none removes objects. */
  readonly any: number | undefined;
  /** Rules of a part of the bucket, by prefix or size, remove objects: logs may be among them. */
  readonly hasPartial: boolean;
}

/** Rules for tagged objects do not meet logs, which have no tags; a date counts as today. */
export function otherLogRetention({ lifecycleRules }: Bucket): Tri<OtherLogRetention> {
  return fromKnown(lifecycleRules, { whole: undefined, any: undefined, hasPartial: false }, (all) => {
    const rules = all.filter((it) => it.isEnabled && !it.requiresTags && expiration(it) !== undefined);
    const whole = rules.filter(isOfWholeBucket);
    return {
      whole: least(whole.map(expiration)),
      any: least(rules.map(expiration)),
      hasPartial: whole.length < rules.length,
    };
  });
}

function expiration(rule: LifecycleRule): number | undefined {
  return rule.expirationDate === undefined ? rule.expirationDays : 0;
}

function isOfWholeBucket({ prefix, objectSizeGreaterThan, objectSizeLessThan }: LifecycleRule): boolean {
  return prefix === '' && objectSizeGreaterThan === undefined && objectSizeLessThan === undefined;
}

import { callsNaming, kindsNaming } from '../../model/resource-kinds.js';
import { operations, type OperationName } from '../aws/operations/index.js';
import { exactly, times, upTo, type Range } from './range.js';
import type { Count, Found, PlanFigures, PlanInputs } from './rule.js';

/**
 * How often each operation of the table is called, by the rule of its row. A call that `wants` leaves out is made no
 * time, nor is one without a rule: a live run does not make it.
 *
 * @returns by operation, those alone that may be called.
 */
export function countCalls(
  inputs: PlanInputs,
  found: Found,
  wants: (call: string) => boolean,
): ReadonlyMap<OperationName, Count> {
  const figures = figuresOf(inputs, found, wants);
  const counts = new Map<OperationName, Count>();
  // The keys of the table are the names of its operations.
  for (const name of Object.keys(operations) as OperationName[]) {
    const count = operations[name].plan?.(figures);
    if (count !== undefined && wants(name) && count.calls.atMost > 0) counts.set(name, count);
  }
  return counts;
}

function figuresOf(inputs: PlanInputs, found: Found, wants: (call: string) => boolean): PlanFigures {
  const { trails, organizationTrails } = found;
  const buckets: Range = { atLeast: Math.min(1, trails.atLeast), atMost: trails.atMost };
  return {
    ...found,
    inputs,
    buckets,
    otherBuckets: otherBuckets(inputs, found),
    onePerTrail: upTo(trails.atMost),
    keys: upTo(namersOfKeys(found, wants)),
    // Where the management account shows no trails, others are asked, and members describe what only they see.
    readElsewhere: organizationTrails.atMost * (inputs.otherReaders + 1),
    wants,
  };
}

/** One is reckoned with for the flow logs of an account, its distributions, and the load balancers of a Region. */
function otherBuckets({ chosen }: PlanInputs, { regions }: Found): Range {
  const { vpc, distribution, 'load-balancer': loadBalancer } = chosen;
  if ([vpc, distribution, loadBalancer].some(({ atMost }) => atMost === 0)) return exactly(0);
  return upTo(vpc.atMost + distribution.atMost + times(loadBalancer, regions).atMost);
}

/** At most so many resources name a key, which each does in the answer to one call. */
function namersOfKeys({ trails, eventDataStores }: Found, wants: (call: string) => boolean): number {
  const namers = kindsNaming('kms-key').filter((kind) => callsNaming(kind, 'kms-key').every(wants));
  return namers.reduce((sum, kind) => sum + (kind === 'event-data-store' ? eventDataStores.atMost : trails.atMost), 0);
}

import type { ChosenType } from '../../model/resource-kinds.js';
import { exactly, upTo, type Range } from './range.js';

/** Buckets about which every account in scope is asked, where nobody was found to own them: a call an account. */
export const bucketsAskedEverywhere = 20;

/** What is known before accounts are asked. */
export interface PlanInputs {
  /** Accounts that are read: in scope, and the management account whatever the scope. */
  readonly read: number;
  /** Of them, those that are entered by AssumeRole: all but the caller's own. */
  readonly entered: number;
  /** Active accounts that may be entered, in scope or not, as log buckets and keys may be theirs. */
  readonly mayBeEntered: number;
  /** Accounts that are asked for event data stores: the management account and administrators; all with `--deep`. */
  readonly withStores: number;
  /** The management account and delegated administrators, in scope. */
  readonly administering: Range;
  /** Accounts that are asked for the organization's trails where the management account does not show them. */
  readonly otherReaders: number;
  /** Accounts whose buckets are listed where nothing names the owner of one. */
  readonly listedForBuckets: number;
  /** Accounts that are asked about each bucket because of a flag or their name. */
  readonly namedForBuckets: number;
  /** Accounts that are asked for AWS Config's recorder in each of their Regions. */
  readonly withRecorders: Range;
  /** Accounts that are asked for each kind that only a policy asks for. */
  readonly chosen: Readonly<Record<ChosenType, Range>>;
  /** Multi-Region trails are asked for in each enabled Region: with `--deep`. */
  readonly trailsEverywhere: boolean;
  /** Accounts whose tags are read, because bindings name tags. */
  readonly tagged: number;
  /** The caller's account by itself. */
  readonly isAlone: boolean;
  readonly concurrency: number;
  /** Requests to Organizations, by operation, as they were just made. */
  readonly organization: Readonly<Partial<Record<string, Range>>>;
}

/** What only the accounts can tell. */
export interface Found {
  /** Trails that the read accounts own, the organization's among them. */
  readonly trails: Range;
  readonly organizationTrails: Range;
  readonly eventDataStores: Range;
  /** Enabled Regions of an account. */
  readonly regions: Range;
}

/** What a rule counts from. */
export interface PlanFigures extends Found {
  readonly inputs: PlanInputs;
  readonly buckets: Range;
  /** Those of other logs than CloudTrail's, where all that may name one is asked for. */
  readonly otherBuckets: Range;
  readonly keys: Range;
  /** Of kinds of which a trail names one at most: log groups, say. */
  readonly onePerTrail: Range;
  /** Reads of organization trails by others, where the management account shows none of them. */
  readonly readElsewhere: number;
  readonly wants: (call: string) => boolean;
}

/** The caller's account; those that are read; those with event data stores; owners of trails; whose the logs are. */
type Where = 'caller' | 'read' | 'stores' | 'owners' | 'anywhere';

export interface Count {
  readonly calls: Range;
  /** Which accounts the calls go to. */
  readonly where: Where;
  /** In each of them: one Region, each that is enabled, or those of the trails, buckets and keys. */
  readonly regions: 'one' | 'each-enabled' | 'of-the-resource';
}

/**
 * How often a live run calls an operation, when every account answers; a retry, and a list of more than a page, come
 * on top.
 */
export type PlanRule = (figures: PlanFigures) => Count;

/** A call of the caller's. */
export function byCaller(count: (figures: PlanFigures) => Range): PlanRule {
  return (figures) => ({ calls: count(figures), where: 'caller', regions: 'one' });
}

/** As often as it was just called to plan the run. */
export function asJustAsked(call: string): PlanRule {
  return byCaller(({ inputs }) => inputs.organization[call] ?? exactly(0));
}

/** A call in accounts that are read, in one Region of each. */
export function inAccounts(count: (figures: PlanFigures) => Range): PlanRule {
  return (figures) => ({ calls: count(figures), where: 'read', regions: 'one' });
}

/** A call in each enabled Region of accounts. */
export function inEachRegion(where: Where, count: (figures: PlanFigures) => Range): PlanRule {
  return (figures) => ({ calls: count(figures), where, regions: 'each-enabled' });
}

/** A call about a resource, in the accounts that may know of it. */
export function aboutResources(where: Where, count: (figures: PlanFigures) => Range): PlanRule {
  return (figures) => ({ calls: count(figures), where, regions: 'of-the-resource' });
}

/** At most one call for each log bucket, wherever it is; the same for keys, and for what a trail names one of. */
export const forEachBucket = aboutResources('anywhere', ({ buckets, otherBuckets }) =>
  upTo(buckets.atMost + otherBuckets.atMost),
);
/** The same, and for the bucket that its access logs go to. */
export const forEachBucketAndItsLogs = aboutResources('anywhere', ({ buckets, otherBuckets }) =>
  upTo(2 * (buckets.atMost + otherBuckets.atMost)),
);
/** Few log buckets have access points: so many of them are reckoned with. */
export const forEachAccessPoint = aboutResources('anywhere', ({ buckets, otherBuckets }) =>
  upTo(4 * (buckets.atMost + otherBuckets.atMost)),
);
export const forEachKey = aboutResources('anywhere', ({ keys }) => keys);

/** Also the keys of the topics that alarms on a log group notify: one, or one for each subject. */
export const forEachKeyAndTopic = aboutResources('anywhere', ({ keys, onePerTrail, wants }) =>
  upTo(keys.atMost + (wants('cloudwatch:DescribeAlarms') ? onePerTrail.atMost * 16 : 0)),
);
export const forEachNamed = aboutResources('anywhere', ({ onePerTrail }) => onePerTrail);

/** Also the log groups that flow logs go to: one for an account and Region are reckoned with. */
export const forEachLogGroup = aboutResources('anywhere', ({ onePerTrail, inputs, regions }) =>
  upTo(onePerTrail.atMost + inputs.chosen.vpc.atMost * regions.atMost),
);

/** For each trail that is read, by its owner or by those who see it. */
export function forEachTrail(where: 'read' | 'owners', perTrail: Range, more?: (figures: PlanFigures) => Range) {
  return aboutResources(where, (figures) => {
    const { trails, readElsewhere } = figures;
    const { atMost } = more?.(figures) ?? exactly(0);
    return { atLeast: perTrail.atLeast * trails.atLeast, atMost: trails.atMost + readElsewhere + atMost };
  });
}

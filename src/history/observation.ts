import type { Change, Policy, Severity, State, Target } from '../model/history.js';
import { isUnfound } from '../model/resource-kinds.js';

/** What one policy said of one target from a moment on. */
export interface Observation {
  readonly state: State;
  readonly message: string;
  /** Of NON_COMPLIANT. */
  readonly severity?: Severity;
  /** Ids of gaps. */
  readonly gaps: readonly string[];
  readonly waived?: boolean;
  /** Its cause is to be fixed elsewhere. */
  readonly follows?: boolean;
  readonly change: Change;
}

/** One policy on one target, as it is followed through a window. */
export class ObservationSeries {
  private readonly all: Observation[] = [];
  /** The target was there at some time, whatever was said of it. */
  wasThere = false;

  constructor(
    readonly policy: Policy,
    public target: Target,
    public fingerprint: string,
  ) {}

  get last(): Observation | undefined {
    return this.all.at(-1);
  }

  get observations(): readonly Observation[] {
    return this.all;
  }

  /** Notes what is said from a moment on, which is not before that of the last observation. */
  see(observation: Observation): void {
    this.all.push(observation);
  }
}

/** What a policy and a target have in common in all inventories: its owner may become known only later. */
export function seriesKey(policyId: string, target: Target): string {
  const { type, id, arn, region } = target;
  return [policyId, type, arn ?? id, ...(isUnfound(target) ? [region] : [])].join('\n');
}

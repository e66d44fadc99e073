import type { PolicySummary } from '../model/results.js';
import type { OrganizationalUnits } from '../policy/index.js';

/** An account as far as waivers ask of it. */
export interface WaiverAccount {
  readonly id: string;
  /** Ids of the root and the OUs above it; undefined when they could not be read. */
  readonly parents: readonly string[] | undefined;
  /** `out-of-scope`: this run was not asked for it; `closed`: it is suspended or closed, so nothing is asked of it ever. */
  readonly state: 'evaluated' | 'out-of-scope' | 'unreadable' | 'closed';
}

/** What the matcher knows of the run beside its evaluations. */
export interface WaiverFacts {
  readonly accounts: readonly WaiverAccount[];
  /** True when every account of the organization is among them: then one that is not does not exist. */
  readonly areAllAccountsKnown: boolean;
  /** The roots and OUs; undefined when they could not be read. */
  readonly units: OrganizationalUnits | undefined;
  /** Those that were evaluated. */
  readonly policies: readonly Pick<PolicySummary, 'id' | 'target'>[];
}

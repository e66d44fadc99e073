import type { Evaluation } from '../model/results.js';
import type { WaiverAccount } from './facts.js';
import type { MeantOus } from './resolve-ous.js';
import { matchesPattern } from './pattern.js';
import type { Waiver } from './waiver.js';

/** Whether a waiver speaks of an account; unread: only the OUs above it could tell, and they are not known. */
export type InScope = 'yes' | 'no' | 'unread';

/** Where one waiver holds, made once for many targets. */
export interface Scope {
  readonly ofAccount: (id: string) => InScope;
  /** It names no account and no OU but the root. */
  readonly isEverywhere: boolean;
  /** Those of its resources that are the target; undefined when it names none, and so speaks of each. */
  readonly resourcesOf: (evaluation: Evaluation) => readonly string[] | undefined;
}

export function scopeOf(
  { accounts, resources }: Waiver,
  { ids: ous, isOpen }: MeantOus,
  known: ReadonlyMap<string, WaiverAccount>,
): Scope {
  const ids = new Set(accounts);
  const wanted = new Set(ous);
  return {
    isEverywhere: (accounts === undefined && ous === undefined) || ous?.some((id) => id.startsWith('r-')) === true,
    ofAccount: (id) => {
      if (accounts === undefined && ous === undefined) return 'yes';
      if (ids.has(id)) return 'yes';
      if (ous === undefined) return 'no';
      const account = known.get(id);
      // An account of another organization is below none of its OUs.
      if (account === undefined) return 'no';
      if (account.parents === undefined) return 'unread';
      if (account.parents.some((parent) => wanted.has(parent))) return 'yes';
      // An account outside of an organization is below no OU, whatever its name.
      return isOpen && account.parents.length > 0 ? 'unread' : 'no';
    },
    resourcesOf: (evaluation) =>
      resources?.filter((pattern) => namesOf(evaluation).some((name) => matchesPattern(pattern, name))),
  };
}

/**
 * How reports name a target: its id, its ARN, and a bucket by its name, which is unique in the world. An incident is
 * named by its fingerprint, too.
 */
function namesOf({ target: { type, id, arn, name }, incident, fingerprint }: Evaluation): readonly string[] {
  return [
    id,
    ...(arn === undefined || arn === id ? [] : [arn]),
    ...(incident === undefined ? [] : [fingerprint]),
    ...(type === 'log-bucket' && name !== undefined && name !== '' ? [name] : []),
  ];
}

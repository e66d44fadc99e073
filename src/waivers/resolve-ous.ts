import { isUnitId, type OrganizationalUnits } from '../policy/index.js';
import type { Waiver } from './waiver.js';

/** The OUs of a waiver, looked up. */
export interface MeantOus {
  /** Of those that there are; undefined where it names no OUs. */
  readonly ids: readonly string[] | undefined;
  /** A name could not be looked up: the OUs of the organization could not be read. */
  readonly isOpen: boolean;
  /** Those that the organization does not have, with what may have been meant. */
  readonly missing: readonly { readonly index: number; readonly text: string; readonly help: string | undefined }[];
  /** Names that several OUs have. */
  readonly ambiguous: readonly {
    readonly index: number;
    readonly text: string;
    readonly candidates: readonly string[];
  }[];
}

/** Looks up the OUs that a waiver names: by id, by name, or by a path of names. */
export function meantOus({ ous }: Waiver, units: OrganizationalUnits | undefined): MeantOus {
  if (ous === undefined) return { ids: undefined, isOpen: false, missing: [], ambiguous: [] };
  if (units === undefined) {
    return { ids: ous.filter(isUnitId), isOpen: !ous.every(isUnitId), missing: [], ambiguous: [] };
  }
  const named = ous.map((text, index) => ({ text, index, found: units.find(text) }));
  return {
    // An id needs no list: an account says which are above it.
    ids: named.flatMap(({ text, found }) => (found.kind === 'found' ? [found.id] : isUnitId(text) ? [text] : [])),
    isOpen: false,
    missing: named.flatMap(({ text, index, found }) =>
      found.kind === 'unknown' ? [{ text, index, help: found.help }] : [],
    ),
    ambiguous: named.flatMap(({ text, index, found }) =>
      found.kind === 'ambiguous' ? [{ text, index, candidates: found.candidates }] : [],
    ),
  };
}

import type { ViewFunction } from './typed-function.js';
import type { Field, TypeTable } from './types.js';

/** What an expression may speak of. */
export interface Environment {
  readonly types: TypeTable;
  /** `trail`, `account`, `organization`, `params`, `now`. */
  readonly names: ReadonlyMap<string, Field>;
  /** The functions that know CloudTrail; several of a name take different types. */
  readonly functions: readonly ViewFunction[];
  /** Names that are in scope elsewhere, with what to do to read them. */
  readonly elsewhere?: ReadonlyMap<string, string>;
}

import type { Diagnostic, WaiverEntry, Remark, Path } from '../policy/index.js';

/** A waiver that was read and checked, and the place where it stands. */
export interface Waiver extends Omit<WaiverEntry, 'policy'> {
  /** Ids of its policies. */
  readonly policies: readonly string[];
  readonly file: string;
  /** The line of its id. */
  readonly line: number;
  /** What is said of a part of it, at its place: `['accounts', 0]`. */
  readonly remark: (path: Path, remark: Remark) => Diagnostic;
}

import type { FlagsGiven } from './flags-given.js';
import { UsageError } from '../../model/errors.js';

/** Where the state is read from. */
export interface SourceChoice extends FlagsGiven {
  readonly source: string;
  readonly sample?: true;
  readonly aggregator?: string | undefined;
  readonly asOf?: string | undefined;
  readonly silentAfter?: string | undefined;
}

/**
 * Only files may have stopped coming without anyone noticing.
 *
 * @throws UsageError for `--silent-after` with another source
 */
export function refuseSilentAfter({ source, silentAfter }: Pick<SourceChoice, 'source' | 'silentAfter'>): void {
  if (silentAfter === undefined) return;
  throw new UsageError(
    `--silent-after works with files of AWS Config only, and ${source === '--sample' ? source : `--source ${source}`} holds none.`,
    'Leave it out.',
  );
}

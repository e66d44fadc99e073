import { UsageError } from '../../model/errors.js';

/** Where the state is read from. */
export interface SourceChoice {
  readonly source: string;
  readonly sample?: true;
  readonly aggregator?: string;
  readonly asOf?: string;
  readonly silentAfter?: string;
}

/**
 * Only files may have stopped coming without anyone noticing.
 *
 * @throws UsageError for `--silent-after` with another source
 */
export function refuseSilentAfter({ source, silentAfter }: Pick<SourceChoice, 'source' | 'silentAfter'>): void {
  if (silentAfter === undefined) return;
  throw new UsageError(`--silent-after is of AWS Config's files, and --source ${source} is none.`, 'Leave it out.');
}

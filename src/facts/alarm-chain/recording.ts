import { allHold, mapTri, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import type { ChainTrail } from './sources.js';

/** What the event selectors of a trail select of management events. */
export interface ManagementRecording {
  readonly reads: Tri<boolean>;
  readonly writes: Tri<boolean>;
  /** Event sources that are left out, such as `kms.amazonaws.com`. */
  readonly excludedSources: Tri<readonly string[]>;
}

/** Whether a trail with these selectors records each event of a kind. */
export function recordsManagementEvents({
  reads,
  writes,
  excludedSources,
}: ManagementRecording): ChainTrail['records'] {
  return ({ eventSource, readOnly }) =>
    allHold([
      readOnly === false ? sure(true) : reads,
      readOnly === true ? sure(true) : writes,
      mapTri(excludedSources, (all) => (eventSource === undefined ? all.length === 0 : !all.includes(eventSource))),
    ]);
}

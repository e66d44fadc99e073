import { schemaCheck } from '../json-schema.js';
import type { ActivityState } from '../model/activity-state.js';
import { UsageError } from '../model/errors.js';
import { contentDigest } from './content-digest.js';
import { readJson } from './read-results.js';
import { writeWhole } from './write-whole.js';

const help = 'Remove the file, and say with --from since when events are to be judged.';

/**
 * What the last run of `activity --since-last` left.
 *
 * @throws UsageError when it cannot be read, is another file, or is not as it was written
 */
export async function loadActivityState(file: string): Promise<ActivityState> {
  const document = await readJson(file, 'For a first run, say with --from since when events are to be judged.');
  const validate = schemaCheck<ActivityState>('schema/activity-state.v1.json');
  if (!validate(document)) throw new UsageError(`${file} is not the state of trailproof activity --since-last.`, help);
  if (contentDigest(document) !== document.digest) {
    throw new UsageError(`${file} was changed after it was written: its digest is not that of its content.`, help);
  }
  return document;
}

/**
 * Writes the state of a run that is done.
 *
 * @throws UsageError when it cannot be written
 */
export async function saveActivityState(state: Omit<ActivityState, 'digest'>, file: string): Promise<void> {
  await writeWhole(file, `${JSON.stringify({ ...state, digest: contentDigest(state) })}\n`, 'state');
}

import type { History } from '../../model/history.js';
import { inChunks } from '../parts/chunks.js';
import { jsonPieces } from '../parts/json-lines.js';

/** Written with one line for each member or item. */
const expanded: ReadonlySet<string> = new Set([
  '',
  '.policies',
  '.runs',
  '.runs.missed',
  '.timelines',
  '.timelines[]',
  '.timelines[].intervals',
  '.gaps',
  '.summary',
]);

/** The history itself, valid against `schema/history.v1.json`, one interval a line. */
export function historyJson(history: History): Iterable<string> {
  return inChunks(jsonPieces(history, expanded));
}

import type { Verification } from '../../model/verification.js';
import { inChunks } from '../parts/chunks.js';
import { jsonPieces } from '../parts/json-lines.js';

/** Written with one line for each member or item. */
const expanded: ReadonlySet<string> = new Set([
  '',
  '.record',
  '.record.scope',
  '.record.counts',
  '.record.keys',
  '.record.chains',
  '.record.chains[]',
  '.record.chains[].gaps',
  '.record.findings',
  '.record.findings[]',
  '.record.findings[].objects',
  '.record.ownCalls',
  '.record.notes',
]);

/** The verification itself, valid against `schema/verification.v1.json`. */
export function verificationJson(verification: Verification): Iterable<string> {
  return inChunks(jsonPieces(verification, expanded));
}

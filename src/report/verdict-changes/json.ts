import { jsonLines } from '../parts/json-lines.js';
import type { VerdictChanges } from './compare.js';

/** What was compared. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  /** When the inventory was read. */
  readonly capturedAt: string;
}

/** The changes as one JSON document; the same changes give the same bytes. */
export function changesJson(changes: VerdictChanges, { before, after, capturedAt }: Compared): string {
  const document = { schemaVersion: '1', before, after, capturedAt, ...changes };
  return `${jsonLines(document).join('\n')}\n`;
}

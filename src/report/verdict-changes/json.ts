import { visibleJson } from '../visible.js';
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
  const lines = JSON.stringify(document, undefined, 2).split('\n').map(visibleJson);
  return `${lines.join('\n')}\n`;
}

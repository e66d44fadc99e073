import type { Gap } from '../../model/inventory.js';
import type { Unknown } from '../../model/known.js';
import {
  normalizeItem,
  type ConfigItem,
  decodeObject,
  type JsonObject,
  MalformedAnswer,
  required,
} from '../../normalize/index.js';
import type { Asked, Ledger } from '../aws/ledger.js';

/** A row of a query's result: JSON text. */
export function parseRow(text: string): JsonObject {
  return required(decodeObject(text, 'row of a query'), 'row of a query');
}

/** An item as the API gives it, as an object whose shape is checked later like that of all others. */
export function asRow(item: object): JsonObject {
  return { ...item };
}

/** A member that names something; empty where the row has none. */
export function stringIn(row: JsonObject, member: string): string {
  const value = row[member];
  return typeof value === 'string' ? value : '';
}

/** Items out of what AWS Config answered; one that is malformed is left out with a gap, and named. */
export function readItems(
  rows: readonly JsonObject[],
  asked: Asked,
  ledger: Ledger,
  at: Date,
): { readonly items: ConfigItem[]; readonly gap?: Unknown } {
  const items: ConfigItem[] = [];
  let gap: Unknown | undefined;
  for (const row of rows) {
    try {
      items.push(normalizeItem(row));
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      gap = ledger.addGap({ ...asked, resource: nameOf(row) }, malformed(error), at);
    }
  }
  return gap === undefined ? { items } : { items, gap };
}

/** A gap for an item that is not as AWS Config documents it. */
export function malformed({ message }: MalformedAnswer): Pick<Gap, 'reason' | 'message'> {
  return { reason: 'error', message };
}

/** What a malformed item is called in its gap. */
export function nameOf(row: JsonObject): string {
  const names = [row['resourceType'], row['resourceId']].filter((it) => typeof it === 'string');
  return names.join(' ').slice(0, 300);
}

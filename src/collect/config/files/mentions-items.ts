import { BrokenFile } from './broken-file.js';
import type { DeliveryFile } from './delivery-file.js';
import { isCalledLikeData } from './delivery-name.js';
import { plainBytes } from './plain-bytes.js';

/** Nothing but configuration items, and lists of them, has these members. */
const needles = ['configurationItemCaptureTime', 'configurationItems'];

const firstBytes = 1024 * 1024;

/**
 * Whether a file that is built as none of AWS Config's is made of such all the same: several in one list, an archive,
 * rows that were put together anew. It may tell of a later state, as one that is broken may.
 */
export async function mentionsItems(file: DeliveryFile): Promise<boolean> {
  if (!isCalledLikeData(file.name)) return false;
  let before = '';
  let read = 0;
  try {
    for await (const chunk of plainBytes(file.bytes())) {
      const text = before + chunk.toString('latin1');
      if (needles.some((it) => text.includes(it))) return true;
      // A name may be cut in two by the end of a chunk.
      before = text.slice(-100);
      read += chunk.length;
      if (read > firstBytes) return false;
    }
    return false;
  } catch (error) {
    if (error instanceof BrokenFile || (error instanceof Error && 'code' in error)) return true;
    throw error;
  }
}

import type { Unknown } from '../../../model/known.js';
import { type ConfigItem, normalizeRecorderItem, MalformedAnswer } from '../../../normalize/index.js';
import type { Ledger } from '../../aws/ledger.js';
import type { FoundItems, FoundRecorder, FoundRecorders } from '../item-source.js';
import { recordersIn } from '../recorders.js';

/** Items do not change, and each is asked at many moments; undefined: it is malformed. */
const seen = new WeakMap<ConfigItem, { readonly recorder: FoundRecorder | undefined }>();

/** What a recorder's item tells; undefined where it is malformed. */
export function recorderOf(item: ConfigItem): FoundRecorder | undefined {
  const known = seen.get(item) ?? { recorder: read(item) };
  seen.set(item, known);
  return known.recorder;
}

function read(item: ConfigItem): FoundRecorder | undefined {
  try {
    return { ...normalizeRecorderItem(item), item: { arn: item.arn, capturedAt: item.capturedAt } };
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}

/**
 * Recorders out of their last items. One that was deleted records nothing any more: what it wrote before is as stale as
 * what a stopped one wrote.
 */
export function recordersWithEnded(
  found: FoundItems,
  ended: readonly ConfigItem[],
  ledger: Ledger,
  at: Date,
  doubtOf: (item: ConfigItem) => Unknown | undefined = () => undefined,
): FoundRecorders {
  const malformed = recordersIn(
    { ...found, items: found.items.filter((it) => recorderOf(it) === undefined) },
    ledger,
    at,
  );
  const recorders = found.items.flatMap((item): FoundRecorder[] => {
    const recorder = recorderOf(item);
    if (recorder === undefined) return [];
    const doubt = doubtOf(item);
    return [doubt === undefined ? recorder : { ...recorder, doubt }];
  });
  return { ...malformed, recorders, ended };
}

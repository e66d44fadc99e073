import { Unreadable, type ObjectStore } from '../model/object-store.js';
import { listDigests } from './list-digests.js';
import { folderOf, parseLogName } from './object-names.js';
import type { VerifyOptions } from './options.js';
import type { Place } from './places.js';
import { dayFolders, daysBackward, hour } from './timestamps.js';
import { placesToVerify } from './verify.js';
import { lookahead } from './verify-place.js';

/** What a verification would read, by the listings alone. */
export interface LogPlan {
  readonly places: number;
  readonly digests: number;
  readonly logFiles: number;
  /** As they are stored, compressed. */
  readonly bytes: number;
  /** Why it may be more. */
  readonly open: readonly string[];
}

/** Lists what would be read; no object is. */
export async function planLogs(options: VerifyOptions): Promise<LogPlan> {
  const open: string[] = [];
  const places = await placesToVerify(options, open);
  const plans = await options.placeLimit(places, async (place) => {
    try {
      return await planPlace(options, place);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      open.push(`${place.account}, ${place.region} could not be listed: ${error.message}`);
      return { digests: 0, logFiles: 0, bytes: 0 };
    }
  });
  const sum = (count: (it: PlacePlan) => number): number => plans.reduce((total, it) => total + count(it), 0);
  return {
    places: places.length,
    digests: sum((it) => it.digests),
    logFiles: sum((it) => it.logFiles),
    bytes: sum((it) => it.bytes),
    open: open.toSorted(),
  };
}

type PlacePlan = Pick<LogPlan, 'digests' | 'logFiles' | 'bytes'>;

async function planPlace({ store, window, sample }: VerifyOptions, place: Place): Promise<PlacePlan> {
  // A copy has lost the signatures: the digest files behind the window repeat those of the last ones.
  const ahead = store.keepsMetadata ? hour : lookahead;
  const { names } = await listDigests(store, place, { from: window.from, to: window.to + ahead });
  // The first and the last digest file of the window list log files that were delivered outside of it.
  const delivery = { from: window.from - hour, to: window.to + hour };
  let logFiles = 0;
  let bytes = 0;
  for (const day of daysBackward(delivery.from, delivery.to)) {
    for await (const page of listDay(store, place, day)) {
      for (const { key, size } of page) {
        const delivered = parseLogName(key)?.delivered;
        if (delivered === undefined || delivered < delivery.from || delivered >= delivery.to) continue;
        logFiles += 1;
        bytes += size;
      }
    }
  }
  const digests = names.length;
  const most = sample === undefined ? logFiles : Math.min(logFiles, digests * sample.perDigest);
  return { digests, logFiles: most, bytes: logFiles === 0 ? 0 : Math.round((bytes * most) / logFiles) };
}

function listDay(store: ObjectStore, { bucket, base, account, region }: Place, day: number) {
  return store.list(bucket, `${folderOf(base, account, 'CloudTrail', region)}${dayFolders(day)}/`);
}

import type { Findings } from './findings.js';
import { digestFolder } from './list-digests.js';
import { folderOf } from './object-names.js';
import type { VerifyOptions } from './options.js';
import type { PlaceResult } from './place-result.js';
import type { Span } from './spans.js';
import { dayFolders, daysBackward } from './timestamps.js';

/** Objects among the digest files that have no name of CloudTrail's, by whether their folder is of a day of the window. */
export function strangersIn(
  { place, strangers }: PlaceResult,
  window: Span,
): { readonly inside: readonly string[]; readonly outside: readonly string[] } {
  const folder = folderOf(place.base, place.account, digestFolder, place.region);
  const days = new Set(daysBackward(window.from, window.to).map((it) => `${folder}${dayFolders(it)}/`));
  const length = folder.length + 'YYYY/MM/DD/'.length;
  const isInside = (key: string): boolean => days.has(key.slice(0, length));
  return { inside: strangers.filter((it) => isInside(it)), outside: strangers.filter((it) => !isInside(it)) };
}

/** CloudTrail alone writes there, and all that it writes has its name: what has another one was put or moved there. */
export function tellStrangers(result: PlaceResult, findings: Findings, { window, onObject }: VerifyOptions): void {
  const { bucket, account, region } = result.place;
  const message = 'has no name that CloudTrail gives a digest file of this folder: it was put, moved or copied there';
  for (const key of strangersIn(result, window).inside) {
    const object = { subject: 'digest', bucket, verdict: 'invalid', message } as const;
    findings.add({ ...object, effect: 'tampering', reason: 'place', account, region }, key);
    onObject?.({ ...object, key, isBackfill: false });
  }
}

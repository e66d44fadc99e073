import { counted, plural } from '../text/plural.js';
import { hourText } from './window.js';

/** What is said of hours, by their beginnings, of which nothing tells what happened. */
export type Silence = (account: string, region: string, hours: readonly number[]) => string;

export const noLogFile: Silence = (account, region, hours) =>
  `No log file with an event of account ${account} in ${region} was delivered within ${counted(hours.length, 'hour')}, the first ${hourText(hours[0] ?? 0)}:00Z. Nothing says that nothing happened: with --verify, digest files would.`;

interface SilentPlace {
  readonly account: string;
  readonly region: string;
  readonly seen: ReadonlySet<number>;
  readonly foreign: ReadonlySet<number>;
  readonly empty: number;
}

/** The same with what came of them all the same. */
export function silentMessage(
  { account, region, seen, foreign, empty }: SilentPlace,
  silent: readonly number[],
  silence: Silence,
): string {
  const late = silent.filter((it) => seen.has(it)).length;
  const others = silent.filter((it) => foreign.has(it)).length;
  return [
    silence(account, region, silent),
    ...(late === 0 ? [] : [`Events of ${counted(late, 'hour')} came later.`]),
    ...(others === 0
      ? []
      : [
          `Of ${counted(others, 'hour')} files are there by their names, and hold events of other accounts or Regions.`,
        ]),
    ...(empty === 0 ? [] : [`${counted(empty, 'log file')} there ${plural(empty, 'is', 'are')} empty.`]),
  ].join(' ');
}

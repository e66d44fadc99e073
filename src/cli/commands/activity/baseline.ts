import { boundedBaseline, mergedBaselines, mostCombinations, type GivenBaseline } from '../../../activity/index.js';
import { baselineAfter, type PlacedPolicies } from '../../../evaluate/index.js';
import type { Baseline } from '../../../model/baseline.js';
import { UsageError } from '../../../model/errors.js';
import type { Inventory } from '../../../model/inventory.js';
import { loadBaseline, saveBaseline } from '../../../storage/index.js';
import { thousands } from '../../../text/plural.js';
import { splitList } from '../../process/split-list.js';
import { pathKind } from '../../process/path-kind.js';
import { version } from '../../process/version.js';
import type { ReadEvents } from './read-events.js';

interface BaselineOptions {
  readonly baseline?: string;
  readonly saveBaseline?: string;
  /** Digest files are read. */
  readonly verify?: true;
}

export interface OpenedBaseline {
  readonly past: GivenBaseline;
  /** Writes what the run saw to the file that is kept; what it has to say of that. */
  readonly save: (read: ReadEvents, readAt: string) => Promise<readonly string[]>;
}

/**
 * Reads the baselines that a run is given, before anything else is read.
 *
 * @throws UsageError for files that are missing or broken, or do not belong together, and where no policy asks for them
 */
export async function openBaseline(
  { baseline: given, saveBaseline: file, verify: isVerified }: BaselineOptions,
  placed: PlacedPolicies,
  inventory: Inventory | undefined,
): Promise<OpenedBaseline> {
  if (given === undefined && file === undefined)
    return { past: { baseline: undefined }, save: () => Promise.resolve([]) };
  if (!placed.asked.some(({ activity }) => activity.form.kind === 'familiar')) {
    throw new UsageError(
      `${given === undefined ? '--save-baseline' : '--baseline'} has no effect here: no policy asks what is familiar.`,
      'Leave it out, or choose a pack that has one.',
    );
  }
  const verify = isVerified === true;
  const organization = inventory?.organization?.id;
  const loaded = given === undefined || given === 'none' ? [] : await Promise.all(splitList(given).map(loadBaseline));
  const baseline = loaded.length === 0 ? undefined : mergedBaselines(ofOneOrganization(loaded));
  const before = file !== undefined && pathKind(file) !== undefined ? [await loadBaseline(file)] : [];
  const isOther = (it: Baseline): boolean =>
    it.organization !== undefined && organization !== undefined && it.organization !== organization;
  if (file !== undefined && before.some(isOther)) {
    throw new UsageError(
      `${file} is the baseline of ${before[0]?.organization ?? ''}, and this run reads ${organization ?? ''}.`,
      'Name another file with --save-baseline.',
    );
  }
  const isRefused = baseline !== undefined && isOther(baseline);
  const usable = isRefused || baseline === undefined ? [] : [baseline];
  return {
    past: isRefused
      ? { baseline: undefined, refused: `the baseline is that of organization ${baseline.organization ?? ''}` }
      : { baseline, mustBeVerified: verify },
    save: async (read, readAt) => {
      if (file === undefined) return [];
      if (read.isInterrupted) return [`${file} is as it was: an interrupted run knows no time whole.`];
      const { collected, coverage } = read;
      const merged = mergedBaselines(ofOneOrganization([...usable, ...before]));
      const now = baselineAfter(merged, placed, collected, coverage, { readAt, verify }, inventory);
      const bounded = boundedBaseline(now);
      await saveBaseline(bounded, file, { savedAt: readAt, version: version() });
      const full = `The baseline is full, at ${thousands(mostCombinations)} things: what was seen the longest ago is let go, and that time is not known any more.`;
      return bounded === now ? [`Wrote ${file}`] : [`Wrote ${file}`, full];
    },
  };
}

function ofOneOrganization(baselines: readonly Baseline[]): readonly Baseline[] {
  const organizations = [...new Set(baselines.flatMap((it) => it.organization ?? []))].toSorted();
  if (organizations.length <= 1) return baselines;
  throw new UsageError(
    `The baselines are those of several organizations: ${organizations.join(', ')}.`,
    'Give those of one, and keep each in a file of its own.',
  );
}

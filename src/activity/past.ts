import { everyRegion, type Baseline, type BaselineEntry, type Sighting, type Span } from '../model/baseline.js';
import type { Gap } from '../model/results.js';
import { time } from './account-coverage.js';
import { joinedSpans, spansWithout } from './spans.js';

/** What a run knows of the time before its window. */
export interface GivenBaseline {
  readonly baseline: Baseline | undefined;
  /** Why the one that was given is not used. */
  readonly refused?: string;
  /** The run reads digest files: what was seen without them may have been put there. */
  readonly mustBeVerified?: boolean;
}

/** What was seen of one policy in one account before. */
export interface Past {
  /** When a combination was seen, by time; its hash. */
  seen(combination: string): readonly Sighting[];
  /** What is not known of a span, in one of the Regions; undefined: all is. */
  gap(span: Span, regions: ReadonlySet<string>): Gap | undefined;
}

interface Asked {
  readonly policyId: string;
  readonly account: string;
  readonly question: string;
  /** RFC 3339 */
  readonly at: string;
}

/** What a baseline answers to the questions of policies in accounts. */
export class Pasts {
  private readonly entries: ReadonlyMap<string, BaselineEntry>;

  constructor(private readonly given: GivenBaseline) {
    const { entries = [] } = given.baseline ?? {};
    this.entries = new Map(entries.map((it) => [`${it.policyId} ${it.account}`, it]));
  }

  of(asked: Asked): Past {
    return pastOf(this.given, this.entries.get(`${asked.policyId} ${asked.account}`), asked);
  }
}

function pastOf(
  { baseline, refused, mustBeVerified = false }: GivenBaseline,
  found: BaselineEntry | undefined,
  asked: Asked,
): Past {
  const { policyId, account, question } = asked;
  const isTrusted = !mustBeVerified || found?.verified === true;
  const entry = isTrusted && found?.question === question ? found : undefined;
  const because =
    refused ??
    (baseline === undefined
      ? 'there is no baseline. Keep one with --save-baseline FILE, and give it with --baseline FILE'
      : found === undefined
        ? 'the baseline holds nothing of it'
        : found.question === question
          ? 'the baseline was made without --verify, and may hold what somebody put there'
          : 'the baseline was made with another condition, other parts or other parameters of the policy');
  return {
    seen: (combination) => entry?.seen.get(combination) ?? [],
    gap: (span, regions) => {
      const missing = entry === undefined ? undefined : unknownIn(entry, span, regions);
      if (missing?.length === 0) return undefined;
      const why =
        missing === undefined
          ? because
          : `the baseline lacks ${missing.map(({ region, from, to }) => `${time(from)} to ${time(to)} in ${region}`).join(', ')}`;
      return {
        id: `baseline:${policyId}:${account}`,
        call: 'cloudtrail:LogFiles',
        accountId: account,
        region: 'global',
        reason: 'not-collected',
        message: `What was familiar in account ${account} from ${time(span.from)} to ${time(span.to)} is not known: ${why}.`,
        at: asked.at,
      };
    },
  };
}

const shownSpans = 3;

function unknownIn(entry: BaselineEntry, span: Span, regions: ReadonlySet<string>) {
  const everywhere = entry.known.get(everyRegion) ?? [];
  const asked = new Set([...entry.known.keys(), ...regions].filter((it) => it !== everyRegion));
  if (asked.size === 0) asked.add('all Regions');
  return [...asked]
    .toSorted()
    .flatMap((region) =>
      spansWithout([span], joinedSpans([...everywhere, ...(entry.known.get(region) ?? [])])).map(({ from, to }) => ({
        region,
        from,
        to,
      })),
    )
    .slice(0, shownSpans);
}

import { limiter } from '../../../collect/index.js';
import { UsageError } from '../../../model/errors.js';
import { loadSavedKeys } from '../../../storage/index.js';
import {
  defaultGrace,
  interruptible,
  loadedKeys,
  openCopy,
  type Choice,
  type Expectation,
  type VerifyOptions,
} from '../../../verify/index.js';
import { parseTime } from '../../source/parse-time.js';
import type { Terminal } from '../../process/terminal.js';
import { askedWindow, choiceOf, parseAsked, type Asked, type VerifyLogsFlags } from './flags.js';

/** How a copy on disk is verified: with keys, signatures and expectations that were saved when AWS could be asked. */
export async function optionsForCopy(flags: VerifyLogsFlags, { signal }: Terminal): Promise<VerifyOptions> {
  if (flags.keys === undefined) {
    throw new UsageError(
      `${flags.source} is a copy on disk, which is verified with saved public keys.`,
      'Save them where AWS can be reached, with trailproof verify-logs --save-keys FILE, and give them with --keys FILE.',
    );
  }
  const asked = parseAsked(flags);
  const keys = loadedKeys(await loadSavedKeys(flags.keys));
  const store = await openCopy(flags.source, flags.bucket);
  const { bucket } = store.origin;
  const now = flags.asOf === undefined ? keys.savedAt : Date.parse(parseTime('--as-of', flags.asOf, new Date()));
  const choice = choiceOf(asked, keys.expectation.trails, bucket);
  return {
    store: interruptible(store, signal),
    keys: keys.source,
    saved: keys.signatures,
    targets: [{ bucket, prefix: asked.prefix }],
    choice,
    expectation: expectationFor(keys.expectation, choice, asked),
    window: askedWindow(flags, now),
    now,
    grace: defaultGrace,
    limit: limiter(asked.concurrency),
    placeLimit: limiter(asked.concurrency),
    sample: asked.sample,
  };
}

/** What was saved, or what the flags name: with accounts and Regions, each of them must have digest files. */
export function expectationFor(known: Expectation, { trails }: Choice, { accounts, regions }: Asked): Expectation {
  if (known.basis !== 'layout') return known;
  const chains = (trails ?? []).flatMap((trail) =>
    (accounts ?? (trail.account === undefined ? [] : [trail.account])).flatMap((account) =>
      (regions ?? [trail.homeRegion]).map((region) => ({ trail, account, region })),
    ),
  );
  return {
    ...known,
    basis: accounts !== undefined && regions !== undefined ? 'named' : 'layout',
    trails: [...new Set([...known.trails, ...(trails ?? [])])],
    chains: [...known.chains, ...chains],
    named: {
      ...(accounts === undefined ? {} : { accounts }),
      ...(regions === undefined ? {} : { regions }),
    },
  };
}

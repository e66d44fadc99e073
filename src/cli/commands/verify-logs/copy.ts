import { limiter } from '../../../collect/index.js';
import { UsageError } from '../../../model/errors.js';
import { loadSavedKeys } from '../../../storage/index.js';
import { defaultGrace, interruptible, loadedKeys, openCopy, type VerifyOptions } from '../../../verify/index.js';
import { parseTime } from '../../source/parse-time.js';
import type { Terminal } from '../../process/terminal.js';
import { expectationFor } from './expectation-for.js';
import { askedWindow, choiceOf, parseAsked, type VerifyLogsFlags } from './flags.js';

/** How a copy on disk is verified: with keys, signatures and expectations that were saved when AWS could be asked. */
export async function optionsForCopy(flags: VerifyLogsFlags, { signal }: Terminal): Promise<VerifyOptions> {
  if (flags.keys === undefined) {
    throw new UsageError(
      `${flags.source} is a copy on disk, which is verified with saved public keys.`,
      'Save them where AWS can be reached, with trailproof verify-logs --save-keys FILE, and give them with --keys FILE.',
    );
  }
  refuse(flags);
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

function refuse(flags: VerifyLogsFlags): void {
  const { inventory, maxRequests, logRoleName, externalId, checkpoint, full, prove } = flags;
  const given = {
    '--inventory': inventory,
    '--max-requests': maxRequests,
    '--role-name': flags.flagsGiven?.includes('roleName') === true ? flags.roleName : undefined,
    '--log-role-name': logRoleName,
    '--external-id': externalId,
    '--checkpoint': checkpoint,
    '--full': full,
    '--prove': prove,
  };
  const [wrong] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (wrong !== undefined) {
    throw new UsageError(`${wrong} is of a live bucket.`, 'Leave it out, or leave out --source.');
  }
}

import { UsageError } from '../../../model/errors.js';
import type { Evidence } from '../../../model/inventory.js';
import { checkResults, loadInventory, parseJson, readText } from '../../../storage/index.js';
import { OwnCallSearch, type OwnCall } from '../../../verify/index.js';

/** Services whose reads CloudTrail records as management events. */
const recorded: ReadonlySet<string> = new Set(['cloudtrail', 'kms', 'sts']);

/**
 * The calls that a scan made, by the evidence that its results or its inventory kept.
 *
 * @throws UsageError when the file is none of them, or kept no call
 */
export async function ownCallsIn(file: string): Promise<OwnCallSearch> {
  const evidence = await evidenceIn(file);
  const calls = evidence.flatMap(({ call, requestId, accountId, region, at }): OwnCall[] => {
    if (call === undefined || requestId === undefined || !recorded.has(call.split(':')[0] ?? '')) return [];
    return [{ call, requestId, account: accountId, region, at: Date.parse(at) }];
  });
  if (calls.length > 0) return new OwnCallSearch(calls);
  throw new UsageError(
    `${file} holds no call to AWS that CloudTrail records.`,
    'Give the results.json or the inventory of a scan of live AWS.',
  );
}

type Kept = Pick<Evidence, 'call' | 'requestId' | 'accountId' | 'region' | 'at'>;

async function evidenceIn(file: string): Promise<readonly Kept[]> {
  // An inventory may be compressed, and results are not.
  if (file.endsWith('.gz')) return (await loadInventory(file)).evidence;
  const text = await readText(file);
  if (!text.includes('"evaluations"')) return (await loadInventory(file)).evidence;
  return checkResults(parseJson(text, file), file).evidence;
}

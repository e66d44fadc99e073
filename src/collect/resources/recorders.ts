import type { Account, Recorder } from '../../model/inventory.js';
import { absent, known, mapKnown } from '../../model/known.js';
import { normalizeRecorder, normalizeRecorderStatus } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { describeRecorders } from './describe-recorders.js';
import { regionsToAsk } from './in-each-region.js';

/** What an account told of its recorders. */
export type ReadRecorders = Pick<Account, 'recorders' | 'recordersGap'>;

/**
 * Asks each enabled Region for its recorder: one call, two where there is one. Where the Regions could not be listed,
 * those that nobody can disable are asked, and the gap says that there may be more.
 */
export async function readRecorders(
  context: Context,
  session: Session,
  regions: Account['regions'],
): Promise<Required<Pick<ReadRecorders, 'recorders'>> & ReadRecorders> {
  const asked = regionsToAsk(context, regions);
  const recorders = await Promise.all(asked.map((region) => readRecorder(context, session, region)));
  return { recorders, ...(regions.state === 'unknown' ? { recordersGap: regions.gap } : {}) };
}

/** The customer managed recorder of an account and Region; service-linked ones are not asked for. */
async function readRecorder(context: Context, session: Session, region: string): Promise<Recorder> {
  const { it, evidence } = await describeRecorders(context, session, region, {
    recorder: normalizeRecorder,
    status: normalizeRecorderStatus,
  });
  // A list without a recorder is AWS's answer that there is none.
  const own = it.state === 'known' ? it.value[0] : undefined;
  if (own === undefined) {
    const nothing = it.state === 'unknown' ? it : absent;
    return { region, settings: nothing, recording: nothing, lastEvent: nothing, evidence };
  }
  const { recorder, status } = own;
  return {
    region,
    settings: known(recorder),
    recording: mapKnown(status, (told) => told.recording),
    lastEvent: mapKnown(status, (told) => told.lastEvent),
    evidence,
  };
}

import type { Account, Recorder } from '../../model/inventory.js';
import { alwaysEnabledRegions } from '../../model/identifiers.js';
import { absent, known, mapKnown, type Known } from '../../model/known.js';
import { required, normalizeRecorder, normalizeRecorderStatus, type RecorderStatus } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { enabledRegions } from './regions.js';

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
  const enabled = enabledRegions(regions) ?? alwaysEnabledRegions(context.partition);
  const recorders = await Promise.all(enabled.map((region) => readRecorder(context, session, region)));
  return { recorders, ...(regions.state === 'unknown' ? { recordersGap: regions.gap } : {}) };
}

/** The customer managed recorder of an account and Region; service-linked ones are not asked for. */
async function readRecorder(context: Context, session: Session, region: string): Promise<Recorder> {
  const { aws } = context;
  const described = await aws.ask(session, 'config:DescribeConfigurationRecorders', {}, { region }, (output) => {
    const all = required(output.ConfigurationRecorders, 'ConfigurationRecorders');
    const first = all.find((it) => it.servicePrincipal === undefined);
    return first === undefined ? undefined : normalizeRecorder(first);
  });
  const settings = whereItIs(described.it);
  if (settings.state !== 'known') {
    const { evidence } = described;
    return { region, settings, recording: settings, lastEvent: settings, evidence };
  }
  const status = await readStatus(context, session, region, settings.value.name);
  return {
    region,
    settings,
    recording: mapKnown(status.it, (it) => it.recording),
    lastEvent: mapKnown(status.it, (it) => it.lastEvent),
    evidence: { ...described.evidence, ...status.evidence },
  };
}

async function readStatus(
  context: Context,
  session: Session,
  region: string,
  name: string,
): Promise<Answer<RecorderStatus>> {
  const { aws } = context;
  if (!aws.isSelected('config:DescribeConfigurationRecorderStatus')) {
    return { it: aws.notSelected('config:DescribeConfigurationRecorderStatus'), evidence: {} };
  }
  return await aws.ask(session, 'config:DescribeConfigurationRecorderStatus', {}, { region }, (output) => {
    const all = required(output.ConfigurationRecordersStatus, 'ConfigurationRecordersStatus');
    return normalizeRecorderStatus(
      required(
        all.find((it) => it.name === name),
        `the status of recorder ${name}`,
      ),
    );
  });
}

/** A list without a recorder is AWS's answer that there is none. */
function whereItIs<T>(it: Known<T | undefined>): Known<T> {
  if (it.state !== 'known') return it;
  return it.value === undefined ? absent : known(it.value);
}

import type { Unknown } from '../../../model/known.js';
import { type ConfigItem, required } from '../../../normalize/index.js';
import type { Context } from '../../run/context.js';
import type { OutputOf } from '../../aws/operations/index.js';

type Described = NonNullable<OutputOf<'config:DescribeConfigurationRecorders'>['ConfigurationRecorders']>[number];
type Status = NonNullable<
  OutputOf<'config:DescribeConfigurationRecorderStatus'>['ConfigurationRecordersStatus']
>[number];

type Place = Pick<ConfigItem, 'accountId' | 'region'>;

/**
 * When the recorder of a Region last stopped and started, as if it had been recorded: the history calls do not take
 * recorders. What was before its last stop is taken at its word.
 *
 * @param newest when the newest item of the Region was captured: without a recorder nothing later would be known
 */
export async function recorderTimes(
  { aws, sessions }: Context,
  region: string,
  newest: string | undefined,
): Promise<{ readonly items: readonly ConfigItem[]; readonly gap?: Unknown }> {
  const { base } = sessions;
  const place = { accountId: base.accountId, region };
  const described = await aws.ask(base, 'config:DescribeConfigurationRecorders', {}, { region }, (output) =>
    // Recorders that belong to a service record for that service alone.
    required(output.ConfigurationRecorders, 'ConfigurationRecorders').filter((it) => it.servicePrincipal === undefined),
  );
  if (described.it.state === 'unknown') return { items: [], gap: described.it };
  const recorders = described.it.state === 'known' ? described.it.value : [];
  if (recorders.length === 0) {
    if (newest === undefined) return { items: [] };
    return { items: [{ ...itemAt({}, place, after(newest), false), isGone: true }] };
  }
  const status = await aws.ask(base, 'config:DescribeConfigurationRecorderStatus', {}, { region }, (output) =>
    required(output.ConfigurationRecordersStatus, 'ConfigurationRecordersStatus'),
  );
  if (status.it.state === 'unknown') return { items: [], gap: status.it };
  const statuses = status.it.state === 'known' ? status.it.value : [];
  const items = recorders.flatMap((recorder) => {
    const own = statuses.find((it) => it.name === recorder.name);
    return own === undefined ? [] : itemsOf(recorder, place, own, newest);
  });
  return { items };
}

function itemsOf(
  recorder: Described,
  place: Place,
  { recording, lastStartTime, lastStopTime }: Status,
  newest: string | undefined,
): ConfigItem[] {
  if (recording !== true && lastStopTime === undefined) {
    return newest === undefined ? [] : [itemAt(recorder, place, after(newest), false)];
  }
  return [
    ...(lastStopTime === undefined ? [] : [itemAt(recorder, place, lastStopTime, false)]),
    ...(lastStartTime === undefined ? [] : [itemAt(recorder, place, lastStartTime, true)]),
  ];
}

function after(time: string): Date {
  return new Date(Date.parse(time) + 1);
}

/** In the shape of AWS::Config::ConfigurationRecorder. */
function itemAt(
  { name = 'default', arn, recordingGroup: group, recordingMode: mode }: Described,
  place: Place,
  at: Date,
  Recording: boolean,
): ConfigItem {
  return {
    type: 'AWS::Config::ConfigurationRecorder',
    ...place,
    resourceId: name,
    arn,
    capturedAt: at.toISOString(),
    isGone: false,
    isLeft: false,
    isDiscovery: false,
    createdAt: undefined,
    configuration: {
      Name: name,
      Recording,
      RecordingGroup: {
        AllSupported: group?.allSupported ?? null,
        ResourceTypes: group?.resourceTypes ?? [],
        ExclusionByResourceTypes: { ResourceTypes: group?.exclusionByResourceTypes?.resourceTypes ?? [] },
        RecordingStrategy: { UseOnly: group?.recordingStrategy?.useOnly ?? null },
      },
      RecordingMode: {
        RecordingFrequency: mode?.recordingFrequency ?? null,
        RecordingModeOverrides: (mode?.recordingModeOverrides ?? []).map((it) => ({
          ResourceTypes: it.resourceTypes ?? [],
          RecordingFrequency: it.recordingFrequency ?? null,
        })),
      },
    },
    supplementary: {},
  };
}

import type { Unknown } from '../../../model/known.js';
import type { ConfigItem } from '../../../normalize/index.js';
import type { Context } from '../../run/context.js';
import {
  describeRecorders,
  type RecorderAnswer,
  type RecorderStatusAnswer,
} from '../../resources/describe-recorders.js';

type Place = Pick<ConfigItem, 'accountId' | 'region'>;

/**
 * When the recorder of a Region last stopped and started, as if it had been recorded: the history calls do not take
 * recorders. What was before its last stop is taken at its word.
 *
 * @param newest when the newest item of the Region was captured: without a recorder nothing later would be known
 */
export async function recorderTimes(
  context: Context,
  region: string,
  newest: string | undefined,
): Promise<{ readonly items: readonly ConfigItem[]; readonly gap?: Unknown }> {
  const { base } = context.sessions;
  const place = { accountId: base.accountId, region };
  const { it } = await describeRecorders(context, base, region, { recorder: (raw) => raw, status: (raw) => raw });
  if (it.state === 'unknown') return { items: [], gap: it };
  const recorders = it.state === 'known' ? it.value : [];
  if (recorders.length === 0) {
    if (newest === undefined) return { items: [] };
    return { items: [{ ...itemAt({}, place, after(newest), false), isGone: true }] };
  }
  const gap = recorders.map(({ status }) => status).find((status): status is Unknown => status.state === 'unknown');
  const items = recorders.flatMap(({ recorder, status }) =>
    status.state === 'known' ? itemsOf(recorder, place, status.value, newest) : [],
  );
  return { items, ...(gap === undefined ? {} : { gap }) };
}

function itemsOf(
  recorder: RecorderAnswer,
  place: Place,
  { recording, lastStartTime, lastStopTime }: RecorderStatusAnswer,
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
  { name = 'default', arn, roleARN, recordingGroup: group, recordingMode: mode }: RecorderAnswer,
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
      RoleARN: roleARN ?? null,
      Recording,
      RecordingGroup: {
        AllSupported: group?.allSupported ?? null,
        IncludeGlobalResourceTypes: group?.includeGlobalResourceTypes ?? null,
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

import { required } from '../malformed-answer.js';
import { itemTypes, type ConfigItem, type ItemType } from './item.js';
import { booleanIn, objectIn, objectsIn, textIn, textsIn, type JsonObject } from './json.js';

/** How a resource's type is recorded. */
export type Frequency = 'continuous' | 'daily' | 'no';

/** A recorder of an account and Region. */
export interface Recorder {
  readonly accountId: string;
  readonly region: string;
  readonly isRecording: boolean;
  /** Of the types that are used here. */
  readonly records: ReadonlyMap<ItemType, Frequency>;
}

/** An AWS::Config::ConfigurationRecorder, whose members have a large first letter. */
export function normalizeRecorderItem({ accountId, region, configuration }: ConfigItem): Recorder {
  const group = objectIn(configuration, 'RecordingGroup') ?? {};
  const strategy = objectIn(group, 'RecordingStrategy');
  const exclusion = objectIn(group, 'ExclusionByResourceTypes');
  const mode = objectIn(configuration, 'RecordingMode') ?? {};
  return {
    accountId,
    region,
    isRecording: required(booleanIn(configuration, 'Recording'), 'Recording'),
    records: recordsOf({
      useOnly: strategy === undefined ? undefined : textIn(strategy, 'UseOnly'),
      allSupported: booleanIn(group, 'AllSupported'),
      included: textsIn(group, 'ResourceTypes'),
      excluded: exclusion === undefined ? [] : textsIn(exclusion, 'ResourceTypes'),
      frequency: textIn(mode, 'RecordingFrequency'),
      overrides: overridesOf(mode),
    }),
  };
}

function overridesOf(mode: JsonObject): Recording['overrides'] {
  return objectsIn(mode, 'RecordingModeOverrides').map((it) => ({
    types: textsIn(it, 'ResourceTypes'),
    frequency: textIn(it, 'RecordingFrequency'),
  }));
}

interface Recording {
  readonly useOnly: string | undefined;
  readonly allSupported: boolean | undefined;
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly frequency: string | undefined;
  readonly overrides: readonly { readonly types: readonly string[]; readonly frequency: string | undefined }[];
}

function recordsOf(recording: Recording): ReadonlyMap<ItemType, Frequency> {
  return new Map(itemTypes.map((type) => [type, frequencyOf(type, recording)]));
}

function frequencyOf(type: ItemType, recording: Recording): Frequency {
  // The recorder itself is recorded whatever the recording group says.
  if (type !== 'AWS::Config::ConfigurationRecorder' && !isIncluded(type, recording)) return 'no';
  const override = recording.overrides.find((it) => it.types.includes(type));
  return (override?.frequency ?? recording.frequency) === 'DAILY' ? 'daily' : 'continuous';
}

function isIncluded(type: ItemType, { useOnly, allSupported, included, excluded }: Recording): boolean {
  switch (useOnly) {
    case 'EXCLUSION_BY_RESOURCE_TYPES': {
      return !excluded.includes(type);
    }
    case 'INCLUSION_BY_RESOURCE_TYPES': {
      return included.includes(type);
    }
    case 'ALL_SUPPORTED_RESOURCE_TYPES': {
      return true;
    }
    default: {
      // Recorders from before there were strategies.
      return allSupported === true || included.includes(type);
    }
  }
}

/** DescribeConfigurationRecorders' description, with DescribeConfigurationRecorderStatus' word on whether it records. */
export interface RawRecorder {
  readonly recordingGroup?:
    | {
        readonly allSupported?: boolean | undefined;
        readonly resourceTypes?: readonly string[] | undefined;
        readonly exclusionByResourceTypes?: { readonly resourceTypes?: readonly string[] | undefined } | undefined;
        readonly recordingStrategy?: { readonly useOnly?: string | undefined } | undefined;
      }
    | undefined;
  readonly recordingMode?:
    | {
        readonly recordingFrequency?: string | undefined;
        readonly recordingModeOverrides?:
          | readonly {
              readonly resourceTypes?: readonly string[] | undefined;
              readonly recordingFrequency?: string | undefined;
            }[]
          | undefined;
      }
    | undefined;
}

export function normalizeRecorder(
  raw: RawRecorder,
  place: Pick<Recorder, 'accountId' | 'region' | 'isRecording'>,
): Recorder {
  const group = raw.recordingGroup;
  return {
    ...place,
    records: recordsOf({
      useOnly: group?.recordingStrategy?.useOnly,
      allSupported: group?.allSupported,
      included: group?.resourceTypes ?? [],
      excluded: group?.exclusionByResourceTypes?.resourceTypes ?? [],
      frequency: raw.recordingMode?.recordingFrequency,
      overrides: (raw.recordingMode?.recordingModeOverrides ?? []).map((it) => ({
        types: it.resourceTypes ?? [],
        frequency: it.recordingFrequency,
      })),
    }),
  };
}

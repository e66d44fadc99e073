import type { RecorderEvent, RecorderSettings } from '../model/inventory.js';
import { MalformedAnswer, required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** A recorder as DescribeConfigurationRecorders gives it, as far as it is used. */
export interface RawRecorder {
  readonly name?: string | undefined;
  readonly servicePrincipal?: string | undefined;
  readonly roleARN?: string | undefined;
  readonly recordingGroup?:
    | {
        readonly allSupported?: boolean | undefined;
        readonly includeGlobalResourceTypes?: boolean | undefined;
        readonly resourceTypes?: readonly string[] | undefined;
        readonly exclusionByResourceTypes?: { readonly resourceTypes?: readonly string[] | undefined } | undefined;
        readonly recordingStrategy?: { readonly useOnly?: string | undefined } | undefined;
      }
    | undefined;
  readonly recordingMode?:
    | {
        readonly recordingFrequency?: string | undefined;
        readonly recordingModeOverrides?: readonly RawOverride[] | undefined;
      }
    | undefined;
}

interface RawOverride {
  readonly resourceTypes?: readonly string[] | undefined;
  readonly recordingFrequency?: string | undefined;
}

/**
 * What a recorder is set to record.
 *
 * @throws MalformedAnswer for a strategy or frequency that is newer than this program: what it means is not guessed
 */
export function normalizeRecorder(raw: RawRecorder): RecorderSettings {
  const group = required(raw.recordingGroup, 'recordingGroup');
  const strategy = strategyOf(group);
  const types = strategy === 'exclusion' ? group.exclusionByResourceTypes?.resourceTypes : group.resourceTypes;
  return defined({
    name: required(optionalText(raw.name), 'name'),
    strategy,
    resourceTypes: strategy === 'all' ? [] : [...(types ?? [])].toSorted(),
    includesGlobalTypes: strategy === 'all' ? (group.includeGlobalResourceTypes ?? false) : undefined,
    roleArn: optionalText(raw.roleARN),
    frequency: frequencyOf(raw.recordingMode?.recordingFrequency),
    overrides: (raw.recordingMode?.recordingModeOverrides ?? []).map((it) => ({
      resourceTypes: [...(it.resourceTypes ?? [])].toSorted(),
      frequency: frequencyOf(it.recordingFrequency),
    })),
  });
}

function strategyOf({
  recordingStrategy,
  allSupported,
}: NonNullable<RawRecorder['recordingGroup']>): RecorderSettings['strategy'] {
  const useOnly = recordingStrategy?.useOnly;
  switch (useOnly) {
    case 'ALL_SUPPORTED_RESOURCE_TYPES': {
      return 'all';
    }
    case 'INCLUSION_BY_RESOURCE_TYPES': {
      return 'inclusion';
    }
    case 'EXCLUSION_BY_RESOURCE_TYPES': {
      return 'exclusion';
    }
    // Recorders from before there were strategies.
    case undefined:
    case '': {
      return allSupported === true ? 'all' : 'inclusion';
    }
    default: {
      throw new MalformedAnswer(`The recorder's strategy ${useOnly} is not known to this version.`);
    }
  }
}

function frequencyOf(frequency: string | undefined): RecorderSettings['frequency'] {
  switch (frequency) {
    case 'DAILY': {
      return 'daily';
    }
    // Recorders from before there were frequencies record continuously.
    case 'CONTINUOUS':
    case undefined:
    case '': {
      return 'continuous';
    }
    default: {
      throw new MalformedAnswer(`The recorder's frequency ${frequency} is not known to this version.`);
    }
  }
}

/** A recorder as DescribeConfigurationRecorderStatus gives it, as far as it is used. */
export interface RawRecorderStatus {
  readonly name?: string | undefined;
  readonly recording?: boolean | undefined;
  readonly lastStatus?: string | undefined;
  readonly lastErrorCode?: string | undefined;
}

/** Whether a recorder records, and what became of the last thing that it recorded. */
export interface RecorderStatus {
  readonly recording: boolean;
  readonly lastEvent: RecorderEvent;
}

export function normalizeRecorderStatus(raw: RawRecorderStatus): RecorderStatus {
  return {
    recording: required(raw.recording, 'recording'),
    lastEvent: defined({
      // AWS is seen to write PENDING and SUCCESS, where its API reference has Pending and Success.
      status: capitalized(optionalText(raw.lastStatus)),
      errorCode: optionalText(raw.lastErrorCode),
    }),
  };
}

const statuses = ['Pending', 'Success', 'Failure', 'NotApplicable'];

function capitalized(status: string | undefined): string | undefined {
  return statuses.find((it) => it.toLowerCase() === status?.toLowerCase().replaceAll('_', '')) ?? status;
}

import type { RecorderSettings } from '../../model/inventory.js';
import { required } from '../malformed-answer.js';
import { normalizeRecorder } from '../recorder.js';
import type { ConfigItem } from './item.js';
import { booleanIn, objectIn, objectsIn, textIn, textsIn, type JsonObject } from './json.js';

/** A recorder of an account and Region, whose state is known. */
export interface PlacedRecorder {
  readonly accountId: string;
  readonly region: string;
  readonly isRecording: boolean;
  readonly settings: RecorderSettings;
}

/** An AWS::Config::ConfigurationRecorder, whose members have a large first letter. */
export function normalizeRecorderItem({ accountId, region, configuration }: ConfigItem): PlacedRecorder {
  const group = objectIn(configuration, 'RecordingGroup');
  return {
    accountId,
    region,
    isRecording: required(booleanIn(configuration, 'Recording'), 'Recording'),
    settings: normalizeRecorder({
      name: textIn(configuration, 'Name'),
      roleARN: textIn(configuration, 'RoleARN'),
      recordingGroup: group === undefined ? undefined : groupOf(group),
      recordingMode: modeOf(objectIn(configuration, 'RecordingMode') ?? {}),
    }),
  };
}

function groupOf(group: JsonObject) {
  const strategy = objectIn(group, 'RecordingStrategy');
  const exclusion = objectIn(group, 'ExclusionByResourceTypes');
  return {
    allSupported: booleanIn(group, 'AllSupported'),
    includeGlobalResourceTypes: booleanIn(group, 'IncludeGlobalResourceTypes'),
    resourceTypes: textsIn(group, 'ResourceTypes'),
    recordingStrategy: { useOnly: strategy === undefined ? undefined : textIn(strategy, 'UseOnly') },
    exclusionByResourceTypes: { resourceTypes: exclusion === undefined ? [] : textsIn(exclusion, 'ResourceTypes') },
  };
}

function modeOf(mode: JsonObject) {
  return {
    recordingFrequency: textIn(mode, 'RecordingFrequency'),
    recordingModeOverrides: objectsIn(mode, 'RecordingModeOverrides').map((it) => ({
      resourceTypes: textsIn(it, 'ResourceTypes'),
      recordingFrequency: textIn(it, 'RecordingFrequency'),
    })),
  };
}

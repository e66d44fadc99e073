import type { RecorderSettings } from './inventory.js';

/** How often a type of resource is recorded, if it is. */
export type RecordingFrequency = RecorderSettings['frequency'] | 'no';

/** The strategy `all` leaves these out unless the recorder says otherwise. */
const globalTypes: ReadonlySet<string> = new Set([
  'AWS::IAM::Group',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
]);

/** AWS Config records its own recorders, whatever they are set to. */
const recorderType = 'AWS::Config::ConfigurationRecorder';

/**
 * How a recorder is set to record a type of resource. It says nothing of whether the recorder is started, nor of
 * whether AWS Config knows such a type.
 */
export function frequencyOf(settings: RecorderSettings, type: string): RecordingFrequency {
  if (type !== recorderType && !isIncluded(settings, type)) return 'no';
  const override = settings.overrides.find((it) => it.resourceTypes.includes(type));
  return (override ?? settings).frequency;
}

/** Whether a recorder is set to record every type but, at most, the global ones of IAM, which one Region is enough for. */
export function recordsEveryType({ strategy, resourceTypes }: RecorderSettings): boolean {
  return strategy === 'all' || (strategy === 'exclusion' && resourceTypes.every((it) => globalTypes.has(it)));
}

/** Whether a recorder is set to record users, groups, roles and policies of IAM. */
export function recordsGlobalTypes(settings: RecorderSettings): boolean {
  return [...globalTypes].every((it) => isIncluded(settings, it));
}

function isIncluded({ strategy, resourceTypes, includesGlobalTypes }: RecorderSettings, type: string): boolean {
  switch (strategy) {
    case 'all': {
      return includesGlobalTypes === true || !globalTypes.has(type);
    }
    case 'inclusion': {
      return resourceTypes.includes(type);
    }
    case 'exclusion': {
      return !resourceTypes.includes(type);
    }
  }
}

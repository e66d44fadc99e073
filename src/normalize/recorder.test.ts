import { describe, expect, test } from 'vitest';
import { MalformedAnswer } from './malformed-answer.js';
import { normalizeRecorder, normalizeRecorderStatus, type RawRecorder } from './recorder.js';

type Group = NonNullable<RawRecorder['recordingGroup']>;

const settings = (recordingGroup: Group, recordingMode?: RawRecorder['recordingMode']) =>
  normalizeRecorder({ name: 'default', recordingGroup, recordingMode });

describe('what a recorder is set to', () => {
  test.each<[string, Group, object]>([
    [
      'all, in words',
      { recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' }, includeGlobalResourceTypes: true },
      { strategy: 'all', includesGlobalTypes: true, resourceTypes: [] },
    ],
    ['all, of old', { allSupported: true }, { strategy: 'all', includesGlobalTypes: false, resourceTypes: [] }],
    [
      'a list, in words, sorted',
      { recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' }, resourceTypes: ['b', 'a'] },
      { strategy: 'inclusion', resourceTypes: ['a', 'b'] },
    ],
    ['a list, of old', { allSupported: false, resourceTypes: ['a'] }, { strategy: 'inclusion', resourceTypes: ['a'] }],
    [
      'an empty strategy says nothing',
      { recordingStrategy: { useOnly: '' }, allSupported: true },
      { strategy: 'all', includesGlobalTypes: false, resourceTypes: [] },
    ],
    [
      'all but a list',
      {
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
        resourceTypes: [],
        exclusionByResourceTypes: { resourceTypes: ['b', 'a'] },
      },
      { strategy: 'exclusion', resourceTypes: ['a', 'b'] },
    ],
    ['no list is an empty one', { allSupported: false }, { strategy: 'inclusion', resourceTypes: [] }],
  ])('%s', (_, group, expected) => {
    expect(settings(group)).toEqual({ name: 'default', frequency: 'continuous', overrides: [], ...expected });
  });

  test('with which role', () => {
    const roleARN = 'arn:aws:iam::111122223333:role/config';
    expect(normalizeRecorder({ name: 'default', roleARN, recordingGroup: {} })).toMatchObject({ roleArn: roleARN });
  });

  test('how often, and what otherwise', () => {
    const mode = {
      recordingFrequency: 'DAILY',
      recordingModeOverrides: [{ resourceTypes: ['b', 'a'], recordingFrequency: 'CONTINUOUS' }],
    };
    expect(settings({ allSupported: true }, mode)).toMatchObject({
      frequency: 'daily',
      overrides: [{ resourceTypes: ['a', 'b'], frequency: 'continuous' }],
    });
  });

  test.each<[string, RawRecorder, string]>([
    ['no recording group', { name: 'default' }, 'lacks recordingGroup'],
    ['no name', { name: '', recordingGroup: { allSupported: true } }, 'lacks name'],
    ['a strategy yet to come', { name: 'a', recordingGroup: { recordingStrategy: { useOnly: 'BY_TAG' } } }, 'BY_TAG'],
    [
      'a frequency yet to come',
      { name: 'a', recordingGroup: { allSupported: true }, recordingMode: { recordingFrequency: 'HOURLY' } },
      'HOURLY',
    ],
  ])('%s is not guessed', (_, raw, message) => {
    expect(() => normalizeRecorder(raw)).toThrow(MalformedAnswer);
    expect(() => normalizeRecorder(raw)).toThrow(message);
  });
});

describe('whether it works', () => {
  test.each([
    ['Success', 'Success'],
    ['SUCCESS', 'Success'],
    ['FAILURE', 'Failure'],
    ['PENDING', 'Pending'],
    ['NOT_APPLICABLE', 'NotApplicable'],
    ['NotApplicable', 'NotApplicable'],
    ['SomethingNew', 'SomethingNew'],
    ['', undefined],
    [undefined, undefined],
  ])('AWS writes %s', (lastStatus, status) => {
    const { lastEvent } = normalizeRecorderStatus({ recording: true, lastStatus, lastErrorCode: '' });
    expect(lastEvent).toEqual(status === undefined ? {} : { status });
  });

  test('whether it records must be told', () => {
    expect(normalizeRecorderStatus({ recording: false, lastErrorCode: 'AccessDenied' })).toEqual({
      recording: false,
      lastEvent: { errorCode: 'AccessDenied' },
    });
    expect(() => normalizeRecorderStatus({ lastStatus: 'Success' })).toThrow(MalformedAnswer);
  });
});

import { describe, expect, test } from 'vitest';
import type { RecorderSettings } from './inventory.js';
import { frequencyOf } from './recorder.js';

const trail = 'AWS::CloudTrail::Trail';
const all: RecorderSettings = {
  name: 'default',
  strategy: 'all',
  resourceTypes: [],
  includesGlobalTypes: false,
  frequency: 'continuous',
  overrides: [],
};
const only = (...resourceTypes: string[]): RecorderSettings => ({ ...all, strategy: 'inclusion', resourceTypes });
const allBut = (...resourceTypes: string[]): RecorderSettings => ({ ...all, strategy: 'exclusion', resourceTypes });

describe('how a type is recorded', () => {
  test.each<[string, RecorderSettings, string, string]>([
    ['everything', all, trail, 'continuous'],
    ['everything but the global types of IAM', all, 'AWS::IAM::Role', 'no'],
    ['everything, and these, too', { ...all, includesGlobalTypes: true }, 'AWS::IAM::Role', 'continuous'],
    ['only what is listed, and it is', only('AWS::S3::Bucket', trail), trail, 'continuous'],
    ['only what is listed, and it is not', only('AWS::S3::Bucket'), trail, 'no'],
    ['nothing', only(), trail, 'no'],
    ['all but what is listed, and it is', allBut(trail), trail, 'no'],
    ['all but what is listed, and it is not', allBut('AWS::S3::Bucket'), trail, 'continuous'],
    ['the recorder itself, always', only(), 'AWS::Config::ConfigurationRecorder', 'continuous'],
    ['once a day', { ...all, frequency: 'daily' }, trail, 'daily'],
    [
      'daily, but this type',
      { ...all, frequency: 'daily', overrides: [{ resourceTypes: [trail], frequency: 'continuous' }] },
      trail,
      'continuous',
    ],
    [
      'this type daily, but not at all',
      { ...allBut(trail), overrides: [{ resourceTypes: [trail], frequency: 'daily' }] },
      trail,
      'no',
    ],
    [
      'another type daily',
      { ...all, overrides: [{ resourceTypes: ['AWS::S3::Bucket'], frequency: 'daily' }] },
      trail,
      'continuous',
    ],
  ])('%s', (_, settings, type, expected) => {
    expect(frequencyOf(settings, type)).toBe(expected);
  });
});

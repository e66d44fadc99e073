import { describe, expect, test } from 'vitest';
import { UsageError } from '../../model/errors.js';
import { parseShard } from './shard-number.js';

test.each([
  ['1/1', {}, { index: 1, count: 1 }],
  ['2/4', { AWS_BATCH_JOB_ARRAY_INDEX: '3' }, { index: 2, count: 4 }],
  ['4', { AWS_BATCH_JOB_ARRAY_INDEX: '0' }, { index: 1, count: 4 }],
  ['4', { JOB_COMPLETION_INDEX: '3' }, { index: 4, count: 4 }],
  ['4', { JOB_COMPLETION_INDEX: '2', AWS_BATCH_JOB_ARRAY_INDEX: '' }, { index: 3, count: 4 }],
])('--shard %s with %o', (text, environment, shard) => {
  expect(parseShard(text, environment)).toEqual(shard);
});

describe('refused', () => {
  test.each<[string, Record<string, string>, string]>([
    ['0/4', {}, 'count from 1'],
    ['5/4', {}, 'count from 1'],
    ['1/0', {}, '1 to 1000'],
    ['1/1001', {}, '1 to 1000'],
    ['a/b', {}, 'not written as I/N'],
    ['1/', {}, 'not written as I/N'],
    ['-1/4', {}, 'not written as I/N'],
    ['4', {}, 'none of AWS_BATCH_JOB_ARRAY_INDEX, JOB_COMPLETION_INDEX is set'],
    ['4', { JOB_COMPLETION_INDEX: '4' }, 'shard 5 of 4'],
    ['4', { JOB_COMPLETION_INDEX: 'x' }, 'JOB_COMPLETION_INDEX=x'],
    ['4', { JOB_COMPLETION_INDEX: '1', AWS_BATCH_JOB_ARRAY_INDEX: '2' }, 'finds no place'],
  ])('--shard %s with %o', (text, environment, message) => {
    const parse = () => parseShard(text, environment);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });
});

import { expect, test } from 'vitest';
import type { Terminal } from '../../process/terminal.js';
import { groupIn } from '../../source/insights-source.js';
import { storeIn } from '../../source/lake-source.js';
import { activityCommand } from './run.js';
import { whoCommand } from './who/run.js';

const store = 'arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/11111111-2222-4333-8444-555555555555';
const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:audit/trail';

// Nothing is written where a command is refused.
const stream = { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream;
const terminal: Terminal = {
  stdout: stream,
  stderr: stream,
  environment: {},
  signal: new AbortController().signal,
};

test('a store is named by its ARN or its id, a group by its name or its ARN', () => {
  expect(storeIn(`lake:${store}`)).toBe(store);
  expect(storeIn('lake:11111111-2222-4333-8444-555555555555')).toBe('11111111-2222-4333-8444-555555555555');
  expect(groupIn(`insights:${group}:*`)).toBe(group);
  expect(groupIn('insights:audit/trail')).toBe('audit/trail');
  for (const it of ['lake:', 'lake:trail', `lake:${store}'`]) expect(() => storeIn(it)).toThrow('no event data store');
  for (const it of ['insights:', 'insights:a b', `insights:${store}`])
    expect(() => groupIn(it)).toThrow('no log group');
});

test.each([
  [`lake:${store}`, 'an event data store is asked for policies alone'],
  [`insights:${group}`, 'a log group is asked for policies alone'],
  ['athena:logs.trail', 'a table of Athena is asked for policies alone'],
])('who does not read %s', async (source, message) => {
  const who = whoCommand('bob', { source, roleName: 'R', format: 'text' }, terminal);
  await expect(who).rejects.toThrow(message);
});

test.each([
  [`lake:${store}`, 'verify'],
  [`insights:${group}`, 'verify'],
  [`lake:${store}`, 'workgroup'],
  [`insights:${group}`, 'logRoleName'],
  ['logs', 'maxBytes'],
])('of %s, %s has no effect, and is refused', async (source, flag) => {
  const options = {
    source,
    roleName: 'R',
    format: 'json',
    output: 'reports',
    failOn: 'none',
    keepOpen: '30d',
    pack: [],
  };
  const value = flag === 'maxBytes' ? '5GB' : flag === 'verify' ? true : 'name';
  const activity = activityCommand({ ...options, [flag]: value, flagsGiven: [flag] }, terminal);
  await expect(activity).rejects.toThrow('has no effect here');
});

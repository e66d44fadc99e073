import { expect, test } from 'vitest';
import { runAction } from '../../src/action/run.js';
import { useFakeAws } from '../support/collect-from.js';
import { anOrganizationWithATrail } from '../support/worlds.js';

test('with plan, the action says what a scan would ask, and that there is nothing to upload', async () => {
  const aws = await useFakeAws(anOrganizationWithATrail());
  const outputs: Record<string, string> = {};
  const log: string[] = [];
  const toolkit = {
    getInput: (name: string) => (name === 'plan' ? 'true' : ''),
    setOutput: (name: string, value: string) => void (outputs[name] = value),
    setSecret: () => {},
    error: (message: string) => void log.push(message),
    warning: (message: string) => void log.push(message),
    setFailed: (message: string) => void log.push(message),
    summary: { addRaw: () => ({ write: async () => await Promise.resolve() }) },
  };
  // Of the streams, only these parts are used where there is no terminal.
  const stream = { write: (text: string) => log.push(text) > 0, isTTY: false } as unknown as NodeJS.WriteStream;
  const terminal = { stdout: stream, stderr: stream, environment: {}, signal: new AbortController().signal };
  expect(await runAction(toolkit, terminal)).toBe(0);
  expect(outputs).toEqual({ status: 'plan', 'sarif-uploadable': 'false' });
  expect(log.join('')).toContain('A scan would read 4 of 4 accounts');
  expect([...new Set(aws.calls().map(({ service }) => service))].toSorted()).toEqual(['organizations', 'sts']);
});

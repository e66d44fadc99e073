import { expect, test } from 'vitest';
import type { Terminal } from '../../process/terminal.js';
import { permissionsCommand } from './run.js';

const arn = 'arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/11111111-2222-4333-8444-555555555555';

const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:aws-cloudtrail-logs';

function printed(options: Readonly<Record<string, unknown>>): string {
  const texts: string[] = [];
  // As much of a stream as the command uses.
  const stream = { write: (text: string) => texts.push(text) > 0 } as unknown as NodeJS.WriteStream;
  const terminal: Terminal = {
    stdout: stream,
    stderr: stream,
    environment: {},
    signal: new AbortController().signal,
  };
  permissionsCommand({ source: 'live', format: 'json', partition: 'aws', ...options }, terminal);
  return texts.join('');
}

test('asking an event data store is a set of its own, narrowed to it', () => {
  const policy = printed({ lake: true, source: `lake:${arn}` });
  expect(policy).toContain('"cloudtrail:StartQuery"');
  expect(policy).toContain(`"${arn}"`);
  expect(printed({ lake: true })).toContain('"arn:aws:cloudtrail:*:*:eventdatastore/*"');
  expect(printed({})).not.toContain('StartQuery');
});

test('asking a log group is a set of its own, and reads what writes to it', () => {
  const policy = printed({ insights: true, source: `insights:${group}` });
  expect(policy).toContain(`"${group}:*"`);
  for (const action of ['logs:StartQuery', 'logs:StopQuery', 'cloudtrail:GetTrailStatus', 'logs:DescribeLogGroups']) {
    expect(policy).toContain(`"${action}"`);
  }
  expect(printed({ insights: true })).toContain('"arn:aws:logs:*:*:log-group:*"');
});

test.each([
  [{ lake: true, caller: true }, '--lake is a set of its own'],
  [{ lake: true, format: 'terraform' }, '--lake is a set of its own'],
  [{ lake: true, source: 's3://logs' }, '--lake is a set of its own'],
  [{ lake: true, athena: true }, '--athena is a set of its own'],
  [{ source: `lake:${arn}` }, 'is for --lake'],
  [{ lake: true, source: `insights:${group}` }, 'is for --insights'],
  [{ insights: true, source: 'insights:trail' }, 'does not tell whose it is'],
  [{ insights: true, lake: true }, '--lake is a set of its own'],
  [{ insights: true, ou: true }, '--insights is a set of its own'],
  [{ lake: true, source: 'lake:11111111-2222-4333-8444-555555555555' }, 'does not tell whose it is'],
])('%j is refused', (options, message) => {
  expect(() => printed(options)).toThrow(message);
});

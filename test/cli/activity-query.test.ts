import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { aFolder, runCli } from './run-cli.js';

const query = async (args: readonly string[], cwd = aFolder()) => await runCli(['activity', 'query', ...args], { cwd });

test('a statement for Athena, ready to paste', async () => {
  const { status, stdout, stderr } = await query(['root-signs-in-with-notice', '--for', 'athena']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`-- root-signs-in-with-notice: No one tries to sign in as the root user
-- For the table that AWS publishes, cloudtrail_logs. Add its partitions to the condition: all of it is read, and paid.
SELECT eventtime, eventid, eventsource, eventname, recipientaccountid, awsregion, sourceipaddress, useridentity.arn AS identity, errorcode, "$path"
FROM cloudtrail_logs
WHERE coalesce(
  eventsource = 'signin.amazonaws.com'
  AND eventname = 'ConsoleLogin'
  AND coalesce(useridentity.type, '') = 'Root',
  true)
ORDER BY eventtime
`);
});

const pack = `version: 1
id: acme
title: Acme
extends: [builtin:activity]
override:
  root-signs-in-with-notice: { params: { allowedAddresses: ["192.0.2.1' OR '1' = '1"] } }
bindings:
  - accounts: ['111122223333']
    override:
      root-signs-in-with-notice: { params: { allowedAddresses: ['192.0.2.9'] } }
`;

test('parameters are values: those of the pack, and of its binding in an account that is named', async () => {
  const cwd = aFolder();
  writeFileSync(join(cwd, 'acme.yaml'), pack);
  const everywhere = await query(['root-signs-in-with-notice', '--for', 'lake', '--pack', 'acme.yaml'], cwd);
  expect(everywhere.stdout).toContain(`sourceipaddress NOT IN ('192.0.2.1'' OR ''1'' = ''1')`);
  expect(everywhere.stderr).toBe(
    'A pack sets root-signs-in-with-notice otherwise in some accounts: name one with --account.\n',
  );
  const account = ['--account', '111122223333'];
  const bound = await query(['root-signs-in-with-notice', '--for', 'lake', '--pack', 'acme.yaml', ...account], cwd);
  expect([bound.status, bound.stderr]).toEqual([0, '']);
  expect(bound.stdout).toContain(`sourceipaddress NOT IN ('192.0.2.9')`);
});

const own = `version: 1
id: own
title: Own
severity: low
description: d
rationale: r
remediation: { text: t }
target: account
activity:
  never:
    where: |
      event.isRoot &&
      event.actor == 'alice'
message: m
`;

test('what is left out is told with its place, and refused with --exact', async () => {
  const cwd = aFolder();
  mkdirSync(join(cwd, 'mine'));
  writeFileSync(join(cwd, 'mine/own.yaml'), own);
  const args = ['own', '--policies', 'mine', '--for', 'eventbridge'];
  const place = "  mine/own.yaml:13: event.actor == 'alice': it asks a value that is computed";
  const left = await query(args, cwd);
  expect(left.status).toBe(0);
  expect(JSON.parse(left.stdout)).toEqual({
    'detail-type': [{ suffix: ' via CloudTrail' }],
    detail: { userIdentity: { type: ['Root'] } },
  });
  expect(left.stderr.split('\n')).toContain(place);
  const exact = await query([...args, '--exact'], cwd);
  expect([exact.status, exact.stdout]).toEqual([3, '']);
  expect(exact.stderr.split('\n')).toEqual([
    'EventBridge cannot say all that own asks:',
    place,
    'Without --exact these parts are left out, and more events come.',
    '',
  ]);
});

test('of a pattern, a template', async () => {
  const format = ['--format', 'cloudformation'];
  const { status, stdout } = await query(['root-is-not-used', '--for', 'filter-pattern', ...format]);
  expect(status).toBe(0);
  expect(parse(stdout)).toMatchObject({
    Resources: { MetricFilter: { Type: 'AWS::Logs::MetricFilter', Properties: { FilterName: 'root-is-not-used' } } },
  });
});

test.each([
  [['root-is-not-used', '--for', 'athens'], "There is no engine 'athens'."],
  [['root-is-not-used', '--for', 'athena', '--format', 'terraform'], '--format terraform has no effect'],
  [['root-is-not-used', '--for', 'athena', '--format', 'xml'], "There is no format 'xml'"],
  [['trail-is-logging', '--for', 'athena'], 'trail-is-logging judges a state, not events.'],
  [['root-is-not-use', '--for', 'athena'], "There is no policy 'root-is-not-use'."],
  [['root-is-not-used'], "required option '--for <engine>' not specified"],
])('%j is refused', async (args, message) => {
  const { status, stdout, stderr } = await query(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

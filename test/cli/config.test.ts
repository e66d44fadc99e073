import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { startFakeAws } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { dev } from '../support/worlds.js';
import { aFolder, runCli } from './run-cli.js';

function folderWith(texts: Readonly<Record<string, string>>): string {
  const folder = aFolder();
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const resultsIn = (folder: string, output = 'reports') =>
  JSON.parse(readFileSync(join(folder, output, 'results.json'), 'utf8')) as Results;

const full = `# yaml-language-server: $schema=./node_modules/trailproof/schema/config.v1.json
version: 1
packs: [core, ./packs/acme.yaml]
policies: [mine]
waivers: [./waivers.yaml]
accounts: ["012345678901", "111122223333"]
excludeAccounts: ["444455556666"]
ous: [ou-ab12-34cd56ef]
roleName: Audit
externalId: "true"
logArchiveAccount: "222233334444"
region: eu-central-1
concurrency: 8
deep: true
format: [text, json]
output: out
failOn: high
allowIncomplete: true
saveInventory: "kept # today.json.gz"
params:
  log-bucket-retains-logs: { minDays: 400 }
  trail-sends-to-cloudwatch-logs:
    maxSilence: 72h
`;

describe('--print-config', () => {
  test('shows each value with who says it; paths are relative to the file', async () => {
    const folder = folderWith({ 'ops/trailproof.yaml': full });
    const args = ['--config', 'ops/trailproof.yaml', '--print-config', '--role-name', 'Other', '--format', 'json'];
    const { status, stdout, stderr } = await runCli(['scan', ...args, '--account', '111122223333'], { cwd: folder });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`version: 1
source: live                               # default
# aggregator:                              # not set
# silentAfter:                             # not set
packs: [core, ops/packs/acme.yaml]         # ops/trailproof.yaml:3
policies: [ops/mine]                       # ops/trailproof.yaml:4
waivers: [ops/waivers.yaml]                # ops/trailproof.yaml:5
# attestations:                            # not set
accounts: ["111122223333"]                 # --account
excludeAccounts: ["444455556666"]          # ops/trailproof.yaml:7
ous: [ou-ab12-34cd56ef]                    # ops/trailproof.yaml:8
roleName: Other                            # --role-name
externalId: "true"                         # ops/trailproof.yaml:10
logArchiveAccount: "222233334444"          # ops/trailproof.yaml:11
region: eu-central-1                       # ops/trailproof.yaml:12
concurrency: 8                             # ops/trailproof.yaml:13
deep: true                                 # ops/trailproof.yaml:14
format: [json]                             # --format
# productArn:                              # not set
output: ops/out                            # ops/trailproof.yaml:16
# splitBy:                                 # not set
# maxBytes:                                # not set
failOn: high                               # ops/trailproof.yaml:17
allowIncomplete: true                      # ops/trailproof.yaml:18
saveInventory: "ops/kept # today.json.gz"  # ops/trailproof.yaml:19
# evidence:                                # not set
# scanId:                                  # not set
params:
  log-bucket-retains-logs:
    minDays: 400                           # ops/trailproof.yaml:21
  trail-sends-to-cloudwatch-logs:
    maxSilence: "72h"                      # ops/trailproof.yaml:23
`);
  });

  test('prints a file that says the same again', async () => {
    const folder = folderWith({ 'ops/trailproof.yaml': full });
    const first = await runCli(['scan', '--config', 'ops/trailproof.yaml', '--print-config'], { cwd: folder });
    writeFileSync(join(folder, 'trailproof.yaml'), first.stdout);
    const second = await runCli(['scan', '--print-config'], { cwd: folder });
    const values = (text: string) => text.split('\n').map((line) => line.replace(/ +#[^"]*$/, ''));
    expect(second.status).toBe(0);
    expect(values(second.stdout)).toEqual(values(first.stdout));
  });

  test('without a file, and of other commands: what they have flags for', async () => {
    const { stdout } = await runCli(['policies', 'list', '--print-config'], { cwd: aFolder() });
    expect(stdout).toBe('version: 1\n# packs:     # not set\n# policies:  # not set\n');
    const folder = folderWith({ 'trailproof.yaml': full });
    const collect = await runCli(['collect', '--print-config'], { cwd: folder });
    expect(collect.stdout).toContain('roleName: Audit ');
    expect(collect.stdout).not.toMatch(/packs|failOn|params/);
  });
});

describe('trailproof.yaml', () => {
  test('is used where it is present: packs, parameters, output, failOn', async () => {
    const folder = folderWith({
      'trailproof.yaml': `version: 1
packs: [baseline]
format: [json]
output: out
failOn: critical
allowIncomplete: true
params:
  log-bucket-retains-logs: { minDays: 3000 }
`,
    });
    const { status } = await runCli(['scan', '--sample'], { cwd: folder });
    const { policies, summary } = resultsIn(folder, 'out');
    expect(status).toBe((summary.bySeverity['critical'] ?? 0) > 0 ? 1 : 0);
    expect(policies.find((it) => it.id === 'log-bucket-retains-logs')?.params).toEqual({ minDays: 3000 });
    const flagged = await runCli(['scan', '--sample', '--pack', 'core', '--output', 'flag', '--fail-on', 'none'], {
      cwd: folder,
    });
    expect(flagged.status).toBe(0);
    const ids = (all: typeof policies) => all.map((it) => it.id);
    expect(ids(resultsIn(folder, 'flag').policies)).toContain('log-bucket-is-locked');
    expect(ids(policies)).not.toContain('log-bucket-is-locked');
  });

  test('says which accounts are read, in scan and collect', async () => {
    const aws = await startFakeAws(aWellKeptOrganization());
    onTestFinished(async () => await aws.close());
    const folder = folderWith({
      'trailproof.yaml': `version: 1\nexcludeAccounts: ["${dev}"]\nfailOn: none\nformat: [json]\nsaveInventory: kept.json\n`,
    });
    const environment = aws.environment();
    await runCli(['collect', '--quiet'], { cwd: folder, environment });
    const { status } = await runCli(['scan', '--quiet', '--source', 'kept.json', '--save-inventory', 'again.json'], {
      cwd: folder,
    });
    expect(status).toBe(0);
    expect(resultsIn(folder).coverage.accounts.outOfScope.map((it) => it.id)).toEqual([dev]);
  });

  test('--sample wins over its source, and its relative source is beside it', async () => {
    const folder = folderWith({ 'ops/trailproof.yaml': 'version: 1\nsource: none.json\n' });
    const config = ['--config', 'ops/trailproof.yaml'];
    const sample = await runCli(['scan', '--sample', '--quiet', '--fail-on', 'none', ...config], { cwd: folder });
    expect(sample.status).toBe(3);
    const { status, stderr } = await runCli(['scan', ...config], { cwd: folder });
    expect(stderr).toContain('There is no inventory ops/none.json.');
    expect(status).toBe(2);
  });

  test('with mistakes: all are told, each at its place', async () => {
    const folder = folderWith({
      'trailproof.yaml': `version: 1
pack: [core]
accounts: [012345678901]
failOn: hihg
format: [jsn]
region: Frankfurt
concurrency: 0
params: { trail-is-logging: 3 }
`,
    });
    const { status, stdout, stderr } = await runCli(['scan', '--sample'], { cwd: folder });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(`trailproof.yaml:2:1: error[unknown-key]: unknown key 'pack'
    2 | pack: [core]
      | ^^^^
      = help: did you mean 'packs'?
trailproof.yaml:3:12: error[wrong-type]: 'accounts[0]' must be a text, not 12345678901
    3 | accounts: [012345678901]
      |            ^^^^^^^^^^^^
      = help: account ids are texts of 12 digits, and a number loses its zeros: quote it: "012345678901"
trailproof.yaml:4:9: error[unknown-value]: 'failOn' cannot be 'hihg'
    4 | failOn: hihg
      |         ^^^^
      = help: did you mean 'high'?
trailproof.yaml:5:10: error[unknown-value]: 'format[0]' cannot be 'jsn'
    5 | format: [jsn]
      |          ^^^
      = help: did you mean 'json'?
trailproof.yaml:6:9: error[wrong-form]: 'region' is not of the form ^[a-z]{2,}(-[a-z]+)+-\\d+$
    6 | region: Frankfurt
      |         ^^^^^^^^^
      = help: write it like eu-central-1
trailproof.yaml:7:14: error[schema]: 'concurrency' must be >= 1
    7 | concurrency: 0
      |              ^
trailproof.yaml:8:29: error[wrong-type]: 'params.trail-is-logging' must be a map of keys and values, not 3
    8 | params: { trail-is-logging: 3 }
      |                             ^

7 errors: nothing was evaluated.
`);
  });

  test('packs and parameters that do not exist are told at its lines', async () => {
    const folder = folderWith({
      'trailproof.yaml': `version: 1
packs: [bseline, ./none.yaml]
params:
  trail-is-loging: { x: 1 }
  log-bucket-retains-logs: { minDays: 0 }
`,
    });
    const { status, stderr } = await runCli(['policies', 'lint'], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr.split('\n').filter((line) => line.startsWith('trailproof.yaml'))).toEqual([
      "trailproof.yaml:2:9: error[unknown-pack]: there is no pack 'bseline'",
      'trailproof.yaml:2:18: error[unreadable]: there is no pack at none.yaml: the file cannot be read: it does not exist',
      "trailproof.yaml:4:3: error[unknown-policy]: there is no policy 'trail-is-loging'",
      'trailproof.yaml:5:39: error[parameter]: 0 is below the minimum, 1',
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[], string]>([
    ['that is not there', {}, ['--config', 'no.yaml'], 'There is no configuration file no.yaml.'],
    ['that is empty', { 'trailproof.yaml': '# nothing\n' }, [], 'error[empty-file]: the file is empty'],
    ['of another suffix', { 'trailproof.yml': 'version: 1\n' }, [], 'trailproof.yml is not read.'],
    ['that is no YAML', { 'trailproof.yaml': 'a: [\n' }, [], 'trailproof.yaml:'],
    [
      'with a file of waivers that is not there',
      { 'trailproof.yaml': 'version: 1\nwaivers: [w.yaml]\n' },
      [],
      'w.yaml:1:1: error[unreadable]: the file cannot be read: it does not exist',
    ],
    ['that hides a control character', { 'trailproof.yaml': 'version: 1\noutput: "\u001b[2J"\n' }, [], 'U+001B'],
  ])('a file %s', async (_, texts, args, message) => {
    const { status, stderr } = await runCli(['scan', '--sample', ...args], { cwd: folderWith(texts) });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\u001b|\n\s+at /);
    expect(status).toBe(2);
  });

  test('escapes in its values reach no terminal', async () => {
    const folder = folderWith({ 'trailproof.yaml': 'version: 1\noutput: "a\\e[2J\\u202eb"\n' });
    const { status, stdout } = await runCli(['scan', '--print-config'], { cwd: folder });
    expect(status).toBe(0);
    expect(stdout).toContain('output: "a\\u001b[2J\\u202eb"');
  });
});

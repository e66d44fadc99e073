import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { annotationsOf } from '../../src/action/annotations.js';
import { inputNames, readInputs } from '../../src/action/inputs.js';
import { outputsOf } from '../../src/action/outputs.js';
import { stepSummary } from '../../src/action/summary.js';
import { aFolder, runCli } from '../cli/run-cli.js';
import { anEvaluation, aPolicy, aResults, aTarget } from '../support/results-builders.js';
import { startFakeAws } from '../support/fake-aws/index.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { dev } from '../support/worlds.js';
import { actOn, declared, environmentOf, runAction } from './run-action.js';

describe('the bundle', () => {
  test('scans, tells outputs and summary, and ends well whatever the findings', async () => {
    const { status, outputs, summary, log } = await actOn(
      aWellKeptOrganization({ trail: { LogFileValidationEnabled: false } }),
    );
    expect(status).toBe(0);
    expect(outputs).toMatchObject({
      status: 'fail',
      'accounts-listed': '4',
      'accounts-evaluated': '4',
      'accounts-unreadable': '0',
      'sarif-file': join('reports', 'results.sarif'),
      'sarif-uploadable': 'true',
    });
    expect(JSON.stringify(outputs)).not.toMatch(/\d{12}/);
    expect(Number(outputs['findings-medium'])).toBeGreaterThan(0);
    expect(summary).toContain('trail-validates-log-files');
    expect(log).toContain('trail-validates-log-files');
  });

  test('fails by fail-on', async () => {
    const { status, outputs } = await actOn(aWellKeptOrganization({ bucket: { versioning: null } }), {
      'fail-on': 'medium',
    });
    expect({ status, is: outputs['status'] }).toEqual({ status: 1, is: 'fail' });
  });

  test('an account that could not be read: nothing is to be uploaded, and the job fails', async () => {
    const world = aWellKeptOrganization({ devAccount: { roles: [] } });
    const { status, outputs, log } = await actOn(world);
    expect(status).toBe(3);
    expect(outputs).toMatchObject({ status: 'incomplete', 'accounts-unreadable': '1', 'sarif-uploadable': 'false' });
    expect(log).toMatch(/^::error title=Accounts could not be read::One account could not be read/m);
    expect((await actOn(world, { 'allow-incomplete': 'true' })).status).toBe(0);
  });

  test('reads shards, and judges them when they are merged', async () => {
    const environment = await environmentOf(aWellKeptOrganization({ trail: { LogFileValidationEnabled: false } }));
    const folder = aFolder();
    const files = [1, 2].map((index) => join(folder, `shard-${index}.json.gz`));
    for (const [index, file] of files.entries()) {
      const { status, outputs } = await runAction({ shard: `${index + 1}/2`, 'save-inventory': file }, { environment });
      expect({ status, is: outputs['status'], upload: outputs['sarif-uploadable'] }).toEqual({
        status: 0,
        is: 'shard',
        upload: 'false',
      });
    }
    const merged = await runAction({ merge: files.join('\n'), 'external-id': 'only for reading' });
    expect(merged.outputs).toMatchObject({ status: 'fail', 'accounts-evaluated': '4', 'sarif-uploadable': 'true' });
    expect(merged.status).toBe(0);
  });

  test('a job that is cancelled in mid-scan leaves nothing to upload', async () => {
    const aws = await startFakeAws(aWellKeptOrganization(), {
      faults: [{ match: { operation: 'GetTrailStatus' }, kind: 'timeout' }],
    });
    onTestFinished(async () => await aws.close());
    const ran = await runAction(
      {},
      {
        environment: aws.environment(),
        cancelWhen: () => aws.calls().some(({ operation }) => operation === 'GetTrailStatus'),
      },
    );
    expect(ran.status).toBe(130);
    expect(ran.outputs).toMatchObject({ 'sarif-uploadable': 'false' });
    expect(existsSync(join(ran.workspace, 'reports', 'results.sarif'))).toBe(false);
  });

  test('without credentials it says so, and uploads nothing', async () => {
    const { status, outputs, log } = await runAction({});
    expect(status).toBe(2);
    expect(outputs).toEqual({ status: 'error', 'sarif-uploadable': 'false' });
    expect(log).toContain('No AWS credentials were found.');
    expect(log).toMatch(/^::error::No AWS credentials were found/m);
  });

  test('the external id is masked', async () => {
    const { log } = await actOn(aWellKeptOrganization(), { 'external-id': 'very-secret-id', account: dev });
    expect(log.match(/very-secret-id/g)).toHaveLength(1);
    expect(log).toContain('::add-mask::very-secret-id');
  });

  test.each([
    [{ sample: 'yes' }, "The input sample is 'yes': write true or false."],
    [{ account: '123' }, "--account '123' is not an account id."],
  ])('%j', async (inputs, message) => {
    const { status, log, outputs } = await runAction(inputs);
    expect(status).toBe(2);
    expect(log).toContain(message);
    expect(outputs['status']).toBe('error');
  });
});

describe('what action.yml declares', () => {
  test('is what the action reads and tells', () => {
    expect(Object.keys(declared.inputs).toSorted()).toEqual(inputNames.toSorted());
    expect(Object.keys(declared.outputs).toSorted()).toEqual(
      Object.keys(outputsOf(aResults(), { file: () => undefined }, 0, { is: 'none' })).toSorted(),
    );
    expect(declared.runs.using).toBe('node24');
  });
});

test('every flag of a scan is an input, and every other input is one of the action alone', async () => {
  const { stdout } = await runCli(['scan', '--help'], { cwd: aFolder() });
  const flags = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name = '']) => name);
  // An action has its credentials from the step before.
  const known = new Set([...inputNames, 'help', 'print-config', 'profile']);
  expect(flags.length).toBeGreaterThan(20);
  expect(flags.filter((name) => !known.has(name))).toEqual([]);
  const own = inputNames.filter((name) => !flags.includes(name));
  expect(own).toEqual(['merge', 'previous-artifact', 'github-token']);
});

test('lists may stand on lines or behind commas', () => {
  const given: Readonly<Record<string, string>> = {
    account: `${dev}\n 111122223333,`,
    sample: 'true',
    format: 'sarif',
  };
  expect(readInputs((name) => given[name] ?? '').args).toEqual([
    'scan',
    '--sample',
    `--account=${dev}`,
    '--account=111122223333',
    '--format=json,sarif',
  ]);
});

test.each<[Readonly<Record<string, string>>, string | undefined]>([
  [{ previous: 'auto' }, '--previous=auto'],
  [{ previous: 'auto', merge: 'a.json' }, '--previous=auto'],
  [{ previous: 'none' }, '--previous=none'],
  [{ previous: '' }, undefined],
  [{ previous: 'auto', format: 'json' }, undefined],
  [{ previous: 'auto', sample: 'true' }, undefined],
  [{ previous: 'auto', shard: '1/2' }, undefined],
  [{ previous: 'auto', plan: 'true' }, undefined],
])('an earlier run is looked for only where something may be uploaded: %j', (given, flag) => {
  const of = (canFind: boolean) =>
    readInputs((name) => given[name] ?? '', canFind).args.find((it) => it.startsWith('--previous'));
  expect(of(true)).toBe(flag);
  expect(of(false)).toBe(flag === '--previous=auto' ? undefined : flag);
});

test('merge is refused where it names no file', () => {
  expect(() => readInputs((name) => (name === 'merge' ? ' , \n' : ''))).toThrow('The input merge names no file');
});

test('annotations are few, and the worst', () => {
  const evaluations = Array.from({ length: 30 }, (_, index) =>
    anEvaluation({
      outcome: 'NON_COMPLIANT',
      severity: index < 2 ? 'critical' : 'high',
      target: aTarget({ id: `t${index}`, arn: `t${index}` }),
    }),
  );
  const unreadable = [{ id: dev, name: 'dev', reason: 'denied' }];
  const annotations = annotationsOf(
    aResults({ evaluations, policies: [aPolicy()], accounts: { evaluated: 1, unreadable } }),
    { is: 'none' },
  );
  expect(annotations.map((it) => it.level)).toEqual(['warning', 'warning', 'warning', 'warning', 'warning', 'error']);
  expect(annotations[0]?.title).toMatch(/^critical/);
});

test('a summary stays under the limit of the runner: the worst findings first, and the rest counted', () => {
  const evaluations = Array.from({ length: 25_000 }, (_, index) =>
    anEvaluation({
      outcome: 'NON_COMPLIANT',
      severity: index === 24_999 ? 'critical' : 'low',
      target: aTarget({
        id: `trail-${index}`,
        arn: `arn:aws:cloudtrail:eu-central-1:111111111111:trail/trail-${index}`,
        name: `Wörter-${index}`,
      }),
      message: 'Es ist böse.',
    }),
  );
  const results = aResults({ evaluations, policies: [aPolicy()] });
  const summary = stepSummary('ö'.repeat(600_000), results, { is: 'refused', reason: 'r'.repeat(1e6), recovery: 'x' });
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900_000);
  expect(summary).toMatch(/^> \*\*Not for upload\*\*: r{1000}/);
  expect(summary.indexOf('Wörter-24999')).toBeLessThan(summary.indexOf('Wörter-0'));
  const shown = summary.match(/^- \*\*(?:critical|low)/gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(1000);
  expect(summary).toContain(`**${25_000 - shown} more findings** not shown here.`);
  expect(stepSummary('# short\n', results)).toBe('# short\n');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { annotationsOf } from '../../src/action/annotations.js';
import { inputNames, readInputs } from '../../src/action/inputs.js';
import { outputsOf } from '../../src/action/outputs.js';
import { stepSummary } from '../../src/action/summary.js';
import { aFolder } from '../cli/run-cli.js';
import { startFakeAws, type World } from '../support/fake-aws/index.js';
import { anEvaluation, aPolicy, aResults, aTarget } from '../support/results-builders.js';
import { anOrganizationWithATrail, dev } from '../support/worlds.js';

const declared = parse(readFileSync('action.yml', 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
};

/** Runs the committed bundle as a runner does: inputs as INPUT_…, with their defaults, and files for what it says. */
async function runAction(inputs: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) {
  const folder = aFolder();
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const defaults = Object.entries(declared.inputs).map(([name, it]) => [name, it.default] as const);
  const all = Object.fromEntries(
    [...defaults, ...Object.entries(inputs)].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const child = spawn(process.execPath, [resolve(declared.runs.main)], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      AWS_EC2_METADATA_DISABLED: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...all,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, log, outputs: readOutputs(readFileSync(output, 'utf8')), summary: readFileSync(summary, 'utf8') };
}

/** `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm))
    outputs[name] = value;
  return outputs;
}

async function actOn(world: World, inputs: Readonly<Record<string, string>> = {}) {
  const aws = await startFakeAws(world);
  onTestFinished(async () => await aws.close());
  return await runAction(inputs, aws.environment());
}

describe('the bundle', () => {
  test('scans, tells outputs and summary, and ends well whatever the findings', async () => {
    const { status, outputs, summary, log } = await actOn(
      anOrganizationWithATrail({ trail: { LogFileValidationEnabled: false } }),
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
    expect(Number(outputs['findings-medium'])).toBeGreaterThan(0);
    expect(summary).toContain('trail-validates-log-files');
    expect(log).toContain('trail-validates-log-files');
  });

  test('fails by fail-on', async () => {
    const { status, outputs } = await actOn(anOrganizationWithATrail({ bucket: { versioning: null } }), {
      'fail-on': 'medium',
    });
    expect({ status, is: outputs['status'] }).toEqual({ status: 1, is: 'fail' });
  });

  test('an account that could not be read: nothing is to be uploaded, and the job fails', async () => {
    const world = anOrganizationWithATrail({ devAccount: { roles: [] } });
    const { status, outputs, log } = await actOn(world);
    expect(status).toBe(3);
    expect(outputs).toMatchObject({ status: 'incomplete', 'accounts-unreadable': '1', 'sarif-uploadable': 'false' });
    expect(log).toMatch(/^::error title=Accounts could not be read::One account could not be read/m);
    expect((await actOn(world, { 'allow-incomplete': 'true' })).status).toBe(0);
  });

  test('reads shards, and judges them when they are merged', async () => {
    const aws = await startFakeAws(anOrganizationWithATrail({ trail: { LogFileValidationEnabled: false } }));
    onTestFinished(async () => await aws.close());
    const folder = aFolder();
    const files = [1, 2].map((index) => join(folder, `shard-${index}.json.gz`));
    for (const [index, file] of files.entries()) {
      const { status, outputs } = await runAction(
        { shard: `${index + 1}/2`, 'save-inventory': file },
        aws.environment(),
      );
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

  test('without credentials it says so, and uploads nothing', async () => {
    const { status, outputs, log } = await runAction({});
    expect(status).toBe(2);
    expect(outputs).toEqual({ status: 'error', 'sarif-uploadable': 'false' });
    expect(log).toContain('No AWS credentials were found.');
    expect(log).toMatch(/^::error::Nothing was evaluated/m);
  });

  test('the external id is masked', async () => {
    const { log } = await actOn(anOrganizationWithATrail(), { 'external-id': 'very-secret-id', account: dev });
    expect(log.match(/very-secret-id/g)).toHaveLength(1);
    expect(log).toContain('::add-mask::very-secret-id');
  });

  test.each([
    [{ sample: 'yes' }, "The input sample is 'yes': write true or false."],
    [{ format: 'html' }, 'The format html (report.html) is not built yet.'],
    [{ account: '123' }, "--account '123' is no account id."],
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
      Object.keys(outputsOf(aResults(), 'reports', ['json'], 0)).toSorted(),
    );
    expect(declared.runs.using).toBe('node24');
  });

  test('are flags of the command line, by the same names', () => {
    const source = ['scan.ts', '../source-options.ts', '../waiver-options.ts']
      .map((file) => readFileSync(join('src/cli/declarations', file), 'utf8'))
      .join('');
    const config = readFileSync('src/cli/config/run-configured.ts', 'utf8');
    const flags = inputNames.filter((name) => name !== 'merge');
    for (const name of flags) expect(source + config).toMatch(new RegExp(`'--${name}[ ']`));
  });
});

test('lists may stand on lines or behind commas', () => {
  const given: Readonly<Record<string, string>> = {
    account: `${dev}\n 111122223333,`,
    sample: 'true',
    format: 'sarif',
  };
  expect(readInputs((name) => given[name] ?? '').args).toEqual([
    'scan',
    `--account=${dev}`,
    '--account=111122223333',
    '--sample',
    '--format=sarif,json',
  ]);
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
  );
  expect(annotations.map((it) => it.level)).toEqual(['warning', 'warning', 'warning', 'warning', 'warning', 'error']);
  expect(annotations[0]?.title).toMatch(/^critical/);
});

test('a summary stays under the limit of the runner, cut before a heading', () => {
  const long = `# Report\n\n${Array.from({ length: 40_000 }, (_, index) => `## Finding ${index}\n\nWörter über Wörter\n`).join('\n')}`;
  const cut = stepSummary(long, 'reports/results.json');
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(900_000);
  expect(cut).toMatch(
    /Wörter über Wörter\n\n\n…\n\nThe report is too large for this page: the rest is in `reports\/results\.json`\.\n$/,
  );
  expect(stepSummary('# short\n', 'x')).toBe('# short\n');
});

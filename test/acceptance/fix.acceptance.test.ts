import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { cloudFormationTemplates, planFixes, shellPlan, terraformPlan } from '../../src/fix/index.js';
import { evaluate, loadInventory, loadPolicies } from '../../src/index.js';
import { aFolder } from '../cli/run-cli.js';
import { findingsOfEachKind, noOrganizationTrail } from '../support/fix-findings.js';
import { prepareMoto } from './moto-environment.js';
import { parseHcl, resourceTypes } from './parse-hcl.js';
import { preparePython } from './python-environment.js';

const run = promisify(execFile);
const moto = await prepareMoto();
const cli = await preparePython('awscli', 'requirements-aws-cli.txt');
const missing = 'missing' in moto ? moto.missing : 'missing' in cli ? cli.missing : undefined;
if (missing !== undefined && process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);

const inventory = await loadInventory('src/sample/inventory.json');
const { policies } = loadPolicies({
  packs: ['core', 'alarms', 'protection', 'config', 'regulated', 'security-hub', 'other-logs'],
});
const at = inventory.capturedAt;
const results = evaluate(inventory, policies, { startedAt: at, finishedAt: at, version: '0' });
const label = (id: string) => id;
const plan = planFixes(results, inventory);
const script = shellPlan(plan, results, label);
const others = [findingsOfEachKind(inventory), noOrganizationTrail(inventory)];
const scripts = [script, ...others.map((it) => shellPlan(planFixes(it.results, it.inventory), it.results, label))];

/** Every placeholder with a value of its kind. */
const environment = Object.fromEntries(
  [...scripts.join('').matchAll(/^: "\$\{([A-Z0-9_]+):\?/gm)].map(([, name = '']) => [name, valueOf(name)]),
);

function valueOf(name: string): string {
  if (name.startsWith('KMS')) return 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  if (/^(?:TRAIL_)?TOPIC/.test(name)) return 'arn:aws:sns:eu-west-1:111122223333:security';
  if (name.startsWith('HOME_REGION')) return 'us-east-1';
  if (name.startsWith('LIFECYCLE')) return '{"Rules":[]}';
  return 'acme-logs';
}

/** The commands that bash makes of the script, the AWS CLI being a function that tells its words. */
function commandsOf(text: string): string[][] {
  const tells = String.raw`aws_cli() { printf '%s\0' "$@" >&3; printf '\1\0' >&3; if [ "$1" = sts ]; then echo "$expected"; else echo arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab; fi; }`;
  const whole = text
    .replaceAll('command aws', 'aws_cli')
    .replaceAll(/^as_account (\d+)$/gm, 'expected=$1; as_account $1');
  const out = execFileSync('bash', ['-s'], {
    // An argument could not hold it.
    input: `exec 3>&1 >/dev/null; expected=; ${tells}; aws() { aws_cli "$@"; }\n${whole}`,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  return out
    .split('\u0001\0')
    .slice(0, -1)
    .map((it) => it.split('\0').slice(0, -1));
}

async function validated(commands: readonly (readonly string[])[]): Promise<readonly object[]> {
  if ('missing' in cli) throw new Error(cli.missing);
  const file = fileURLToPath(new URL('validate-aws-commands.py', import.meta.url));
  const { stdout, status, stderr } = spawnSync(cli.python, [file], {
    input: JSON.stringify(commands),
    encoding: 'utf8',
    env: { ...process.env, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_DEFAULT_REGION: 'us-east-1' },
  });
  if (status !== 0) throw new Error(stderr);
  return await Promise.resolve(JSON.parse(stdout) as readonly object[]);
}

describe.skipIf(missing !== undefined)('the AWS CLI takes', () => {
  test('every command of the scripts', async () => {
    const commands = scripts.flatMap(commandsOf);
    expect(commands.length).toBeGreaterThan(40);
    const answers = await validated(commands);
    const wrong = answers.flatMap((it, index) => ('wrong' in it ? [{ command: commands[index], ...it }] : []));
    expect(wrong).toEqual([]);
  });

  test('every command of the way back', async () => {
    const back = scripts
      .join('\n')
      .split('\n')
      .filter((it) => it.startsWith('#   aws ') || it.startsWith('#     --'))
      .map((it) => it.replace(/^#\s+/, ''));
    const commands = commandsOf(back.join('\n'));
    expect(commands.length).toBeGreaterThan(10);
    const answers = await validated(commands);
    const wrong = answers.flatMap((it, index) => ('wrong' in it ? [{ command: commands[index], ...it }] : []));
    expect(wrong).toEqual([]);
  });

  test('nothing that is broken: it does look', async () => {
    const answers = await validated([
      ['cloudtrail', 'start-loging', '--name', 'x'],
      ['cloudtrail', 'start-logging', '--nme', 'x'],
      ['s3api', 'put-bucket-versioning', '--bucket', 'x', '--versioning-configuration', '{"Sttus":"Enabled"}'],
      ['cloudtrail', 'start-logging', '--name', 'x'],
    ]);
    expect(answers.map((it) => Object.keys(it)[0])).toEqual(['wrong', 'wrong', 'wrong', 'called']);
  });
});

test.skipIf(missing !== undefined)('a parser of HCL reads the Terraform', async () => {
  if ('missing' in moto) throw new Error(moto.missing);
  const file = join(aFolder(), 'fix.tf');
  await writeFile(file, terraformPlan(plan, results, label));
  const [parsed = {}] = await parseHcl(moto.python, [file]);
  const types = new Set(resourceTypes(parsed));
  for (const type of ['aws_cloudtrail', 'aws_s3_bucket_policy', 'aws_kms_key', 'aws_cloudwatch_metric_alarm']) {
    expect(types).toContain(type);
  }
  expect(Object.keys(parsed)).toEqual(expect.arrayContaining(['provider', 'variable', 'import', 'resource']));
});

const terraform = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;

test.skipIf(!terraform)('Terraform finds it in its canonical format', async () => {
  const file = join(aFolder(), 'fix.tf');
  await writeFile(file, terraformPlan(plan, results, label));
  const { stdout } = await run('terraform', ['fmt', '-check', '-diff', file]);
  expect(stdout).toBe('');
});

describe.skipIf(missing !== undefined)('cfn-lint takes', () => {
  const cfnLint = ['-c', 'import sys; from cfnlint.runner import main; sys.exit(main())'];

  test.each(cloudFormationTemplates(plan, results, label))('$name', async ({ name, text }) => {
    if ('missing' in moto) throw new Error(moto.missing);
    const file = join(aFolder(), name);
    await writeFile(file, text);
    const { stdout } = await run(moto.python, [...cfnLint, '--', file]);
    expect(stdout.trim()).toBe('');
  });
});

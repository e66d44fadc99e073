import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { aFolder, runCli } from '../cli/run-cli.js';
import { prepareMoto } from './moto-environment.js';
import { parseHcl, resourceTypes } from './parse-hcl.js';

const run = promisify(execFile);
/** The script of the environment names the folder that it was installed to, which was renamed since. */
const cfnLint = ['-c', 'import sys; from cfnlint.runner import main; sys.exit(main())'];
const trust = ['--caller-role', 'arn:aws:iam::111122223333:role/trailproof', '--organization', 'o-a1b2c3d4e5'];

async function template(folder: string, args: readonly string[], name: string): Promise<string> {
  const { status, stdout, stderr } = await runCli(['permissions', ...args], { cwd: folder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const file = join(folder, name);
  await writeFile(file, stdout);
  return file;
}

// moto itself needs cfn-lint, so that its environment has a pinned one.
const prepared = await prepareMoto();
const missing = 'missing' in prepared ? prepared.missing : undefined;
if (missing !== undefined && process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);

describe.skipIf(missing !== undefined)('cfn-lint takes', () => {
  test.each([
    ['the template of the StackSet', []],
    ['the template of the StackSet with everything said', [...trust, '--external-id', 'x-42', '--pack', 'baseline']],
    ['the stack of the management account', ['--management', ...trust]],
    ['the policy of the caller', ['--caller']],
  ])('%s', async (_, args) => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const folder = aFolder();
    const file = await template(folder, ['--format', 'cloudformation', ...args], 'template.yaml');
    const { stdout } = await run(prepared.python, [...cfnLint, '--include-checks', 'I', '--', file]);
    expect(stdout.trim()).toBe('');
  });

  test('nothing that is wrong: it does look', async () => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const folder = aFolder();
    const file = await template(folder, ['--format', 'cloudformation', ...trust], 'template.yaml');
    const broken = join(folder, 'broken.yaml');
    await writeFile(broken, (await readFile(file, 'utf8')).replace('AssumeRolePolicyDocument:', 'AssumedBy:'));
    await expect(run(prepared.python, [...cfnLint, '--', broken])).rejects.toMatchObject({
      stdout: expect.stringContaining('AssumedBy'),
    });
  });
});

const terraformVariants: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['the module', [], ['aws_iam_role', 'aws_iam_role_policy']],
  ['the module with everything said', [...trust, '--external-id', 'x-42'], ['aws_iam_role', 'aws_iam_role_policy']],
  ['the policy of the caller', ['--caller'], ['aws_iam_policy']],
];

describe.skipIf(missing !== undefined)('a parser of HCL reads', () => {
  test.each(terraformVariants)('%s', async (_, args, types) => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const file = await template(aFolder(), ['--format', 'terraform', ...args], 'main.tf');
    const [parsed = {}] = await parseHcl(prepared.python, [file]);
    expect(resourceTypes(parsed)).toEqual(types);
  });
});

const terraform = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;

/** `validate` would need the provider of AWS, which is not downloaded here: Terraform's own parser reads the module. */
describe.skipIf(!terraform)('Terraform parses, in its canonical format', () => {
  test.each(terraformVariants)('%s', async (_, args) => {
    const folder = aFolder();
    const file = await template(folder, ['--format', 'terraform', ...args], 'main.tf');
    const { stdout } = await run('terraform', ['fmt', '-check', '-diff', file]);
    expect(stdout).toBe('');
  });
});

import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../src/index.js';
import { aFolder } from '../cli/run-cli.js';
import { prepareMoto } from './moto-environment.js';
import { parseHcl, resourceTypes } from './parse-hcl.js';

const run = promisify(execFile);
/** The script of the environment names the folder that it was installed to, which was renamed since. */
const cfnLint = ['-c', 'import sys; from cfnlint.runner import main; sys.exit(main())'];

const prepared = await prepareMoto();
const missing = 'missing' in prepared ? prepared.missing : undefined;
if (missing !== undefined && process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);

const shipped = loadPolicies({ packs: ['core', 'alarms'] }).policies;
const recipesIn = (language: 'cloudformation' | 'terraform') =>
  shipped.flatMap(({ id, document: { remediation } }) => {
    const recipe = remediation[language];
    return recipe === undefined ? [] : [{ id, recipe }];
  });
const recipes = recipesIn('cloudformation');

/** What `# …` in a recipe stands for: what the resource needs besides. */
const besides: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::Trail': 'S3BucketName: acme-logs\n    IsLogging: true',
  'AWS::KMS::Key': 'KeyPolicy: { Version: "2012-10-17", Statement: [] }',
  'AWS::S3::Bucket': 'BucketName: acme-logs',
};

/** What a user writes in the place of words in capitals. */
const written: readonly (readonly [RegExp, string])[] = [
  [/TRAIL-ARN/g, 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/main'],
  [/KEY-ARN/g, 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  [/LOG-GROUP-ARN/g, 'arn:aws:logs:eu-central-1:111122223333:log-group:trail:*'],
  [/TOPIC-ARN/g, 'arn:aws:sns:eu-central-1:111122223333:security'],
  [/LOG-GROUP\b/g, 'trail'],
  [/ROLE-ARN/g, 'arn:aws:iam::111122223333:role/cloudtrail-logs'],
  [/ACCOUNT-ID/g, '111122223333'],
  [/(?:ACCESS-LOG-|LOG-)?BUCKET/g, 'acme-logs'],
];

function templateOf(recipe: string): string {
  const type = /Type: (\S+)/.exec(recipe)?.[1] ?? '';
  const needed = besides[type] ?? '';
  const fresh = needed.split('\n').filter((line) => !recipe.includes(`${line.trim().split(':')[0] ?? ''}:`));
  const whole = written.reduce(
    (text, [word, value]) => text.replaceAll(word, value),
    recipe.replace('# …', fresh.join('\n').trim()),
  );
  const indented = whole.replaceAll(/^(?=.)/gm, '  ');
  return `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n${indented}`;
}

describe.skipIf(missing !== undefined)('cfn-lint takes', () => {
  const lint = async (template: string): Promise<string> => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const file = join(aFolder(), 'template.yaml');
    await writeFile(file, template);
    // What a bucket or a trail should have besides is not the matter of a recipe.
    const { stdout } = await run(prepared.python, [...cfnLint, '--', file]);
    return stdout.trim();
  };

  test.each(recipes)('the recipe of $id', async ({ recipe }) => {
    expect(await lint(templateOf(recipe))).toBe('');
  });

  test('no recipe with a property that does not exist: it does look', async () => {
    const [first] = recipes;
    const broken = templateOf(first?.recipe ?? '').replace('IsMultiRegionTrail', 'IsMultiRegonTrail');
    await expect(lint(broken)).rejects.toMatchObject({
      stdout: expect.stringContaining('IsMultiRegonTrail') as string,
    });
  });
});

describe.skipIf(missing !== undefined)('a parser of HCL reads', () => {
  const parsed = async (recipe: string) => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const file = join(aFolder(), 'main.tf');
    await writeFile(file, recipe);
    return await parseHcl(prepared.python, file);
  };

  test.each(recipesIn('terraform'))('the recipe of $id', async ({ recipe }) => {
    const types = resourceTypes(await parsed(recipe));
    expect(types).not.toEqual([]);
    for (const type of types) expect(type).toMatch(/^aws_[a-z0-9_]+$/);
  });

  test('nothing that is broken: it does look', async () => {
    await expect(parsed('resource "aws_cloudtrail" "it" {\n  is_multi_region_trail = \n}\n')).rejects.toThrow(
      'Unexpected',
    );
  });
});

const terraform = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;

/** `validate` would need the provider of AWS, which is not downloaded here. */
describe.skipIf(!terraform)('Terraform parses, in its canonical format', () => {
  test.each(recipesIn('terraform'))('the recipe of $id', async ({ recipe }) => {
    const file = join(aFolder(), 'main.tf');
    await writeFile(file, recipe);
    const { stdout } = await run('terraform', ['fmt', '-check', '-diff', file]);
    expect(stdout).toBe('');
  });
});

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPolicies } from '../../src/index.js';
import { aFolder } from '../cli/run-cli.js';
import { prepareMoto } from './moto-environment.js';
import { dataTypes, parseHcl, resourceTypes, type Hcl } from './parse-hcl.js';

const run = promisify(execFile);
/** The script of the environment names the folder that it was installed to, which was renamed since. */
const cfnLint = ['-c', 'import sys; from cfnlint.runner import main; sys.exit(main())'];

const prepared = await prepareMoto();
const missing = 'missing' in prepared ? prepared.missing : undefined;
if (missing !== undefined && process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);

const shipped = loadPolicies({ packs: [] }).all;
const recipesIn = (language: 'cloudformation' | 'terraform') =>
  shipped.flatMap(({ id, document: { remediation } }) => {
    const recipe = remediation[language];
    // Where the language cannot say it, a comment tells.
    return recipe === undefined || /^(#.*\n*)+$/.test(recipe) ? [] : [{ id, recipe }];
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
  [/ROOT-OR-OU|\bOU\b/g, 'r-ab12'],
  [/(?:ACCESS-LOG-|LOG-ARCHIVE-|LOG-)?BUCKET/g, 'acme-logs'],
];

function templateOf(recipe: string): string {
  const type = /Type: (\S+)/.exec(recipe)?.[1] ?? '';
  const needed = besides[type] ?? '';
  const fresh = needed.split('\n').filter((line) => !recipe.includes(`${line.trim().split(':')[0] ?? ''}:`));
  const whole = written.reduce(
    (text, [word, value]) => text.replaceAll(word, value),
    recipe.replace('# …', fresh.join('\n').trim()),
  );
  const parameters = referred(whole).map((name) => `  ${name}: { Type: String }\n`);
  // What else a recipe takes the ARN of is a bucket.
  const buckets = bucketsIn(whole).map((name) => `  ${name}: { Type: AWS::S3::Bucket }\n`);
  const resources = `Resources:\n${buckets.join('')}${whole.replaceAll(/^(?=.)/gm, '  ')}`;
  return `AWSTemplateFormatVersion: "2010-09-09"\n${parameters.length === 0 ? '' : `Parameters:\n${parameters.join('')}`}${resources}`;
}

/** The names that a recipe refers to in the user's own template, but for resources. */
function referred(recipe: string): readonly string[] {
  const names = [...recipe.matchAll(/!Ref (\w+)|\$\{(\w+)\}/g)].map((it) => it[1] ?? it[2] ?? '');
  const resources = new Set([...ownNames(recipe), ...bucketsIn(recipe)]);
  return [...new Set(names)].filter((name) => !resources.has(name));
}

function bucketsIn(recipe: string): readonly string[] {
  const own = new Set(ownNames(recipe));
  const names = [...recipe.matchAll(/\b(\w+)\.Arn\b/g)].map((it) => it[1] ?? '');
  return [...new Set(names)].filter((name) => !own.has(name));
}

function ownNames(recipe: string): readonly string[] {
  return [...recipe.matchAll(/^(\w+):/gm)].map((it) => it[1] ?? '');
}

/** One run of each tool reads all recipes: starting it takes longer than reading. */
describe.skipIf(missing !== undefined)('cfn-lint takes', () => {
  const broken = templateOf(recipes.find(({ recipe }) => recipe.includes('IsMultiRegionTrail'))?.recipe ?? '').replace(
    'IsMultiRegionTrail',
    'IsMultiRegonTrail',
  );
  let found: readonly { readonly Filename: string; readonly Message: string }[];

  beforeAll(async () => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const folder = mkdtempSync(join(tmpdir(), 'trailproof-recipes-'));
    try {
      for (const { id, recipe } of recipes) writeFileSync(join(folder, `${id}.yaml`), templateOf(recipe));
      writeFileSync(join(folder, 'broken.yaml'), broken);
      // What a bucket or a trail should have besides is not the matter of a recipe.
      const files = [...recipes.map(({ id }) => `${id}.yaml`), 'broken.yaml'];
      const { stdout } = spawnSync(prepared.python, [...cfnLint, '--format', 'json', '--', ...files], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
      });
      found = JSON.parse(stdout) as typeof found;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(recipes)('the recipe of $id', ({ id }) => {
    expect(found.filter((it) => it.Filename === `${id}.yaml`).map(({ Message }) => Message)).toEqual([]);
  });

  test('no recipe with a property that does not exist: it does look', () => {
    expect(found.filter((it) => it.Filename === 'broken.yaml')).toMatchObject([
      { Message: expect.stringContaining('IsMultiRegonTrail') as string },
    ]);
  });
});

describe.skipIf(missing !== undefined)('a parser of HCL reads', () => {
  const terraformRecipes = recipesIn('terraform');
  let parsed: readonly Hcl[];

  beforeAll(async () => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const folder = mkdtempSync(join(tmpdir(), 'trailproof-recipes-'));
    try {
      const files = terraformRecipes.map(({ id }) => join(folder, `${id}.tf`));
      for (const [index, { recipe }] of terraformRecipes.entries()) writeFileSync(files[index] ?? '', recipe);
      parsed = await parseHcl(prepared.python, files);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(terraformRecipes.map(({ id }, index) => ({ id, index })))('the recipe of $id', ({ index }) => {
    const hcl = parsed[index] ?? {};
    const types = [...resourceTypes(hcl), ...dataTypes(hcl)];
    expect(types).not.toEqual([]);
    for (const type of types) expect(type).toMatch(/^aws_[a-z0-9_]+$/);
  });

  test('nothing that is broken: it does look', async () => {
    if ('missing' in prepared) throw new Error(prepared.missing);
    const file = join(aFolder(), 'main.tf');
    writeFileSync(file, 'resource "aws_cloudtrail" "it" {\n  is_multi_region_trail = \n}\n');
    await expect(parseHcl(prepared.python, [file])).rejects.toThrow('Unexpected');
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

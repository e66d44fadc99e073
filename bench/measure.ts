// Runs of the built command line against a fake AWS, each measured from outside, and the table of what they took.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface Took {
  readonly wall: number;
  readonly cpu: number;
  /** MB */
  readonly memory: number;
}

export interface Row extends Took {
  readonly what: string;
  readonly accounts: number;
  readonly calls: number;
}

export interface Fake {
  readonly process: ChildProcess;
  readonly environment: Record<string, string>;
}

const latency = 20;

/** A folder for what the runs write, and the bundled fake; both are gone after `runs`. */
export async function withFakes(runs: (folder: string, start: typeof startFake) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
  try {
    await build({
      entryPoints: ['test/support/fake-aws/server.ts'],
      outfile: server,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    await runs(folder, startFake);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(server, { force: true });
  }
}

const server = join(process.cwd(), 'node_modules/.cache/trailproof', `fake-aws-${process.pid}.mjs`);

async function startFake(accounts: number, options: readonly string[] = []): Promise<Fake> {
  const fixed = [server, '--accounts', String(accounts), '--latency', String(latency), '--organizations-quota'];
  const child = spawn(process.execPath, [...fixed, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  // stdio says that there is a pipe, and that it carries text.
  const [first] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const port = /listening (\d+)/.exec(String(first))?.[1];
  const answer = await fetch(`http://127.0.0.1:${port}/__environment`);
  return { process: child, environment: (await answer.json()) as Record<string, string> };
}

/** Runs `trailproof` with these arguments; what it took is written into the folder on the way. */
export async function measure(
  folder: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<Took> {
  const file = join(folder, 'took.json');
  const child = spawn(process.execPath, ['bench/measured.mjs', file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`trailproof ${args.join(' ')} ended with ${code}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Took;
}

/** How many requests a run made, by its results. */
export function callsOf(file: string): number {
  const { coverage } = JSON.parse(readFileSync(file, 'utf8')) as { coverage: { apiCalls: { total: number } } };
  return coverage.apiCalls.total;
}

/** How many requests the fake has answered. */
export async function callsAnswered({ environment }: Fake): Promise<number> {
  const answer = await fetch(`${environment['AWS_ENDPOINT_URL']}/__calls`);
  const calls = (await answer.json()) as Record<string, number>;
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

/** The rows as Markdown, with the machine that they are of. */
export async function table(title: string, rows: readonly Row[]): Promise<string> {
  return [...heading(title), ...rows.map(line), '', `\`trailproof --version\`: ${await startUp()} ms`, ''].join('\n');
}

/** The median of nine starts. */
async function startUp(): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    const started = performance.now();
    await once(spawn(process.execPath, ['dist/cli/main.js', '--version'], { stdio: 'ignore' }), 'exit');
    times.push(performance.now() - started);
  }
  return Math.round(times.toSorted((a, b) => a - b)[4] ?? 0);
}

function heading(title: string): string[] {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  return [
    `# ${title}`,
    '',
    `Fake organizations, ${latency} ms a call, the published quotas of Organizations emulated. ${machine}. Figures vary`,
    'between machines: compare those of one run.',
    '',
    '| what | accounts | calls | wall s | CPU s | peak MB |',
    '|---|---:|---:|---:|---:|---:|',
  ];
}

function line({ what, accounts, calls, wall, cpu, memory }: Row): string {
  return `| ${what} | ${accounts} | ${calls} | ${wall.toFixed(1)} | ${cpu.toFixed(1)} | ${Math.round(memory)} |`;
}

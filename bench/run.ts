// npm run bench [-- 100 1000 10000]: scans fake organizations of these sizes, then evaluates the largest again from its
// saved inventory, and writes the table to bench/figures.md.
// npm run bench -- --config [10000]: scans them through an aggregator of AWS Config, and prints the table only.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

interface Took {
  readonly wall: number;
  readonly cpu: number;
  /** MB */
  readonly memory: number;
}

interface Row extends Took {
  readonly what: string;
  readonly accounts: number;
  readonly calls: number;
}

const latency = 20;
const isOfConfig = process.argv.includes('--config');
const given = process.argv
  .slice(2)
  .filter((it) => it !== '--config')
  .map(Number);
const sizes = given.length > 0 ? given : isOfConfig ? [10_000] : [100, 1000];
const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
const server = join(process.cwd(), 'node_modules/.cache/trailproof', `fake-aws-${process.pid}.mjs`);

try {
  await build({
    entryPoints: ['test/support/fake-aws/server.ts'],
    outfile: server,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const rows: Row[] = [];
  for (const accounts of sizes) rows.push(...(await (isOfConfig ? measureConfig(accounts) : measureSize(accounts))));
  const text = [...heading(), ...rows.map(line), '', `\`trailproof --version\`: ${await startUp()} ms`, ''].join('\n');
  if (!isOfConfig) writeFileSync('bench/figures.md', text);
  process.stdout.write(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(server, { force: true });
}

async function measureSize(accounts: number): Promise<Row[]> {
  const inventory = join(folder, `${accounts}.json.gz`);
  const fake = await startFake(accounts, ['--organizations-quota']);
  const scan = ['scan', '--pack', 'core', '--quiet', '--fail-on', 'none', '--output', join(folder, 'live')];
  try {
    const live = await measure([...scan, '--save-inventory', inventory], fake.environment);
    const replay = await measure([...scan, '--source', inventory], {});
    const calls = callsOf(join(folder, 'live/results.json'));
    return [
      { what: 'scan, live', accounts, calls, ...live },
      {
        what: `scan of the saved inventory (${Math.round(statSync(inventory).size / 1024)} kB)`,
        accounts,
        calls: 0,
        ...replay,
      },
    ];
  } finally {
    fake.process.kill();
  }
}

/** Through an aggregator, whose calls grow with resources; recorders are one for each account and Region. */
async function measureConfig(accounts: number): Promise<Row[]> {
  const fake = await startFake(accounts, ['--organizations-quota', '--recorded']);
  const output = join(folder, 'config');
  const scan = ['scan', '--quiet', '--fail-on', 'none', '--allow-incomplete', '--output', output];
  const source = ['--source', 'config', '--aggregator', 'organization', '--region', 'us-east-1'];
  try {
    const rows: Row[] = [];
    for (const pack of ['baseline', 'config']) {
      const took = await measure([...scan, ...source, '--pack', pack], fake.environment);
      const calls = callsOf(join(output, 'results.json'));
      rows.push({ what: `scan --source config --pack ${pack}`, accounts, calls, ...took });
    }
    return rows;
  } finally {
    fake.process.kill();
  }
}

async function startFake(
  accounts: number,
  options: readonly string[],
): Promise<{ process: ChildProcess; environment: Record<string, string> }> {
  const args = [server, '--accounts', String(accounts), '--latency', String(latency), ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  // stdio says that there is a pipe, and that it carries text.
  const [first] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const port = /listening (\d+)/.exec(String(first))?.[1];
  const answer = await fetch(`http://127.0.0.1:${port}/__environment`);
  return { process: child, environment: (await answer.json()) as Record<string, string> };
}

async function measure(args: readonly string[], environment: Record<string, string>): Promise<Took> {
  const file = join(folder, 'took.json');
  const child = spawn(process.execPath, ['bench/measured.mjs', file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`trailproof ${args.join(' ')} ended with ${code}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Took;
}

function callsOf(file: string): number {
  const { coverage } = JSON.parse(readFileSync(file, 'utf8')) as { coverage: { apiCalls: { total: number } } };
  return coverage.apiCalls.total;
}

/** The median of nine starts. */
async function startUp(): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    const started = performance.now();
    await once(spawn(process.execPath, ['dist/lib/cli/main.js', '--version'], { stdio: 'ignore' }), 'exit');
    times.push(performance.now() - started);
  }
  return Math.round(times.toSorted((a, b) => a - b)[4] ?? 0);
}

function heading(): string[] {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  return [
    '# Figures',
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

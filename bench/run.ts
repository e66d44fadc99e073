// npm run bench [-- 100 1000 10000]: scans fake organizations of these sizes, then evaluates the largest again from its
// saved inventory, and writes the table to bench/figures.md.
// npm run bench -- --shards 4 10000: the whole, each of its shards, and their merge; the table is printed only.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
const { values, positionals } = parseArgs({ allowPositionals: true, options: { shards: { type: 'string' } } });
const shards = Number(values.shards ?? 0);
const sizes = positionals.map(Number);
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
  for (const accounts of sizes.length > 0 ? sizes : [100, 1000]) {
    rows.push(...(shards > 0 ? await measureShards(accounts) : await measureSize(accounts)));
  }
  const text = [...heading(), ...rows.map(line), '', `\`trailproof --version\`: ${await startUp()} ms`, ''].join('\n');
  if (shards === 0) writeFileSync('bench/figures.md', text);
  process.stdout.write(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(server, { force: true });
}

async function measureSize(accounts: number): Promise<Row[]> {
  const inventory = join(folder, `${accounts}.json.gz`);
  const fake = await startFake(accounts);
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

/** One run after the other, so that none takes time from another: the whole, then the parts of the same organization. */
async function measureShards(accounts: number): Promise<Row[]> {
  const fake = await startFake(accounts);
  const results = join(folder, 'shards');
  const judging = ['--pack', 'core', '--quiet', '--fail-on', 'none', '--output', results];
  const fileOf = (index: number): string => join(folder, `shard-${index}.json.gz`);
  try {
    const whole = await measure(
      ['scan', ...judging, '--save-inventory', join(folder, 'whole.json.gz')],
      fake.environment,
    );
    const rows: Row[] = [
      { what: 'scan, live, whole', accounts, calls: callsOf(join(results, 'results.json')), ...whole },
    ];
    for (let index = 1; index <= shards; index += 1) {
      const before = await callsAnswered(fake.environment);
      const shard = ['scan', '--quiet', '--shard', `${index}/${shards}`, '--save-inventory', fileOf(index)];
      const took = await measure(shard, fake.environment);
      const calls = (await callsAnswered(fake.environment)) - before;
      rows.push({ what: `scan --shard ${index}/${shards}`, accounts, calls, ...took });
    }
    const files = Array.from({ length: shards }, (_, index) => fileOf(index + 1));
    rows.push({ what: 'merge', accounts, calls: 0, ...(await measure(['merge', ...files, ...judging], {})) });
    return rows;
  } finally {
    fake.process.kill();
  }
}

/** How many requests the fake has answered. */
async function callsAnswered(environment: Record<string, string>): Promise<number> {
  const answer = await fetch(`${environment['AWS_ENDPOINT_URL']}/__calls`);
  const calls = (await answer.json()) as Record<string, number>;
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

async function startFake(accounts: number): Promise<{ process: ChildProcess; environment: Record<string, string> }> {
  const args = [server, '--accounts', String(accounts), '--latency', String(latency), '--organizations-quota'];
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

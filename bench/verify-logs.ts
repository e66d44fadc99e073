// npm run bench:verify-logs: verify-logs over a signed bucket behind 20 ms, and aws-cli over the same one where
// AWS_CLI names it (as in AWS_CLI=venv/bin/aws). With S3_ENDPOINT, the day is read from an S3 server that others wrote, empty
// and for the example's credentials, without added latency. The table goes to bench/verify-logs.md by hand, with the machine's name.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { regionsOf } from './log-regions.js';
import { measure } from './measure.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Scenario {
  readonly what: string;
  readonly accounts: number;
  readonly regions: number;
  readonly days: number;
  readonly logs: number;
}

const scenarios: readonly Scenario[] = [
  { what: 'one day, 50 log files an hour', accounts: 1, regions: 1, days: 1, logs: 50 },
  { what: 'ten days, 50 log files an hour', accounts: 1, regions: 1, days: 10, logs: 50 },
  { what: 'thirty days, 50 log files an hour', accounts: 1, regions: 1, days: 30, logs: 50 },
  { what: '100 accounts, 17 Regions, one day, no log files', accounts: 100, regions: 17, days: 1, logs: 0 },
];

const endpoint = process.env['S3_ENDPOINT'];
const arn = 'arn:aws:cloudtrail:us-east-1:111111111111:trail/management';
const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_REGION: 'us-east-1',
};
const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
try {
  process.stdout.write('| what | tool | wall s | CPU s | peak MB |\n|---|---|---:|---:|---:|\n');
  for (const scenario of endpoint === undefined ? scenarios : scenarios.slice(0, 1)) {
    const { server, environment } = await start(scenario);
    try {
      const to = new Date(Date.UTC(2026, 9, 1 + scenario.days)).toISOString();
      const window = ['--from', '2026-10-01T00:00:00Z', '--to', to];
      const output = ['--output', join(folder, 'verification.txt'), '--quiet'];
      const args = [
        'verify-logs',
        ...window,
        '--bucket',
        'organization-logs',
        '--trail',
        arn,
        ...named(scenario),
        ...output,
      ];
      const took = await measure(folder, args, environment);
      print(scenario.what, 'Trailproof', took);
      if (scenario.accounts === 1) await awsCli(scenario, to, environment);
    } finally {
      server.kill();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** All that must be there, so that AWS is asked for nothing else. */
function named({ accounts, regions }: Scenario): string[] {
  const ids = Array.from({ length: accounts }, (_, index) => String(111_111_111_111 + index));
  return ['--account', ids.join(','), '--region', regionsOf(regions).join(',')];
}

async function start({ accounts, regions, days, logs }: Scenario) {
  const numbers = [accounts, regions, days, logs, endpoint === undefined ? 20 : 0].map(String);
  const script = [
    'scripts/run-ts.mjs',
    'bench/log-server.ts',
    ...numbers,
    ...(endpoint === undefined ? [] : [endpoint]),
  ];
  const server: ChildProcess = spawn(process.execPath, script, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...credentials },
  });
  // stdio says that there is a pipe, and that it carries text.
  const [first] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const port = /listening (\d+)/.exec(String(first))?.[1] ?? '';
  const environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL_S3: endpoint }),
    ...credentials,
  };
  return { server, environment };
}

async function awsCli({ what }: Scenario, to: string, environment: Record<string, string>): Promise<void> {
  const command = process.env['AWS_CLI'];
  if (command === undefined) return;
  const window = ['--start-time', '2026-10-01T00:00:00Z', '--end-time', to];
  const args = ['cloudtrail', 'validate-logs', '--trail-arn', arn, ...window, '--s3-bucket', 'organization-logs'];
  const timed = spawn('/usr/bin/time', ['-f', '%e %U %S %M', command, ...args, '--region', 'us-east-1'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  timed.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(timed, 'close');
  const [wall = 0, user = 0, system = 0, memory = 0] = (said.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  print(what, 'aws-cli', { wall, cpu: user + system, memory: memory / 1024 });
}

function print(what: string, tool: string, { wall, cpu, memory }: Awaited<ReturnType<typeof measure>>): void {
  process.stdout.write(`| ${what} | ${tool} | ${wall.toFixed(1)} | ${cpu.toFixed(1)} | ${Math.round(memory)} |\n`);
}

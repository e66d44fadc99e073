// npm run bench:action [-- NODE… | BUNDLE.js…]: how long the action's bundle takes from its start to its first call, under
// the Node of this process and under those that are named, beside other bundles that are named. They start in turn, so
// that other work on the machine weighs on each alike. The first call goes to a server here that refuses it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, devNull, loadavg, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const runs = 15;
const named = process.argv.slice(2).map((it) => resolve(it));
const nodes = [process.execPath, ...named.filter((it) => !it.endsWith('.js'))];
const bundles = [resolve('dist/action/index.js'), ...named.filter((it) => it.endsWith('.js'))];
const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
let firstCall: number | undefined;
const server = createServer((_request, response) => {
  firstCall ??= performance.now();
  response.writeHead(403).end();
});
try {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${load}; ${runs} starts each\n`);
  await measure(nodes.flatMap((node) => bundles.map((bundle) => ({ node, bundle, times: [] }))));
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

interface Subject {
  readonly node: string;
  readonly bundle: string;
  readonly times: number[];
}

async function measure(subjects: readonly Subject[]): Promise<void> {
  for (let run = 0; run < runs; run += 1) {
    for (const it of subjects) it.times.push(await start(it));
  }
  for (const { node, bundle, times } of subjects) {
    const sorted = times.toSorted((a, b) => a - b);
    const of = (share: number): string => `${Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)} ms`;
    const what = `${await versionOf(node)}, ${relative('.', bundle)} (${(statSync(bundle).size / 1e6).toFixed(2)} MB)`;
    process.stdout.write(`${what}: fastest ${of(0)}, median ${of(0.5)}, slowest ${of(1)} to the first call\n`);
  }
}

/** Milliseconds from the start of the process to its first call. */
async function start({ node, bundle }: Subject): Promise<number> {
  firstCall = undefined;
  const { port } = server.address() as AddressInfo;
  const startedAt = performance.now();
  const child = spawn(node, [bundle], {
    cwd: folder,
    env: {
      HOME: folder,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      GITHUB_OUTPUT: devNull,
      GITHUB_STEP_SUMMARY: devNull,
      INPUT_OUTPUT: folder,
    },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  if (firstCall === undefined) throw new Error('The action made no call.');
  return firstCall - startedAt;
}

async function versionOf(node: string): Promise<string> {
  const child = spawn(node, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  await once(child, 'close');
  return `Node ${text.trim()}`;
}

// npm run bench:activity [-- MEGABYTES]: planted log files in a folder, read with and without wanted names; one large
// file; what each took, as a table.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Collector, judgeAll } from '../src/activity/index.js';
import { PlacedPolicies } from '../src/evaluate/index.js';
import { eventsFromFolder } from '../src/events/index.js';
import type { EventRecord, EventSource } from '../src/model/log-events.js';
import { loadPolicies } from '../src/policy/index.js';
import { viewFunctions } from '../src/view/index.js';
import { firstHour, plantedFiles, plantedName, type PlantingPlan } from './planted-logs.js';

const day = 86_400_000;
// The file is JSON that is not generated: a list of records.
const recorded = gunzipSync(readFileSync('test/fixtures/third-party-events/invictus/events.json.gz'));
const real = JSON.parse(recorded.toString()) as EventRecord[];
const [first = '200', second = ''] = process.argv.slice(2);

if (first === 'read') await read(second, process.argv[4] ?? 'all');
else measure(Number(first));

/** Each reading in a process of its own: memory is that of the reading alone. */
function measure(megabytes: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
  try {
    const many = write(join(folder, 'many'), megabytes, 500);
    const one = write(join(folder, 'one'), 170, 137_000);
    console.log('| log files | MB of JSON | wanted | events given | CPU s | MB a CPU second | peak MB |');
    console.log('| ---: | ---: | --- | ---: | ---: | ---: | ---: |');
    for (const [name, { files, size }] of Object.entries({ many, one })) {
      for (const wanted of ['all', 'one name', 'the pack']) report(join(folder, name), files, size, wanted);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Written {
  readonly files: number;
  /** MB of JSON. */
  readonly size: number;
}

function write(folder: string, megabytes: number, eventsPerFile: number): Written {
  const plan: PlantingPlan = {
    real,
    accounts: 4,
    regions: ['us-east-1', 'eu-west-1'],
    hours: 24,
    filesPerHour: 12,
    eventsPerFile,
    plantEvery: 10,
  };
  let files = 0;
  let bytes = 0;
  for (const { key, records } of plantedFiles(plan)) {
    const text = JSON.stringify({ Records: records });
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gzipSync(text));
    files += 1;
    bytes += text.length;
    if (bytes >= megabytes * 1e6) break;
  }
  return { files, size: Math.round(bytes / 1e6) };
}

function report(folder: string, files: number, size: number, wanted: string): void {
  const ran = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'read', folder, wanted], {
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  // It is printed below.
  const { events, cpu, memory } = JSON.parse(ran.stdout) as { events: number; cpu: number; memory: number };
  const rate = Math.round(size / cpu);
  console.log(`| ${files} | ${size} | ${wanted} | ${events} | ${cpu.toFixed(1)} | ${rate} | ${memory} |`);
}

async function read(folder: string, wanted: string): Promise<void> {
  const source = eventsFromFolder(folder, {
    from: new Date(firstHour).toISOString(),
    to: new Date(firstHour + day).toISOString(),
    at: new Date(firstHour + 7 * day).toISOString(),
  });
  const events = wanted === 'the pack' ? await judge(source) : await count(source, wanted === 'all');
  const { user, system } = process.cpuUsage();
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ events, cpu: (user + system) / 1e6, memory }));
}

async function count(source: EventSource, isAll: boolean): Promise<number> {
  let events = 0;
  for await (const { records } of source.read(isAll ? 'all' : new Set([plantedName]))) events += records.length;
  return events;
}

/** All policies of the pack at once, to the verdicts. */
async function judge(source: EventSource): Promise<number> {
  const viewSchema: unknown = JSON.parse(readFileSync('schema/view.v1.json', 'utf8'));
  const { policies } = loadPolicies({
    builtin: 'policies',
    folders: [],
    packs: ['activity'],
    functions: viewFunctions,
    viewSchema,
    withoutTests: true,
  });
  const placed = new PlacedPolicies(policies, undefined);
  const window = { from: firstHour, to: firstHour + day };
  const collected = new Collector(placed.asked, window, placed.paramsFor);
  let events = 0;
  for await (const batch of source.read(collected.wanted)) {
    events += batch.records.length;
    collected.add(batch);
  }
  const at = new Date(firstHour + 7 * day).toISOString();
  const coverage = source.coverage();
  const { asked, paramsFor } = placed;
  judgeAll({ policies: asked, collected, coverage, window, accounts: [], paramsFor, settled: window.to, at });
  return events;
}

// npm run bench:activity [-- MEGABYTES]: planted log files in a folder, read with and without wanted names, and by
// DuckDB; one large file; what each took, as a table.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { keepYoungPartSmall, optimizeLate } from '../src/cli/process/engine.js';
import type { EventRecord } from '../src/model/log-events.js';
import { judgeFolder, plantedDay } from './judge-folder.js';
import { plantedFiles, plantedName, type PlantingPlan } from './planted-logs.js';

/** What planted files are made of: not at hand in the processes that read. */
function realEvents(): EventRecord[] {
  const recorded = gunzipSync(readFileSync('test/fixtures/third-party-events/invictus/events.json.gz'));
  // The file is JSON that is not generated: a list of records.
  return JSON.parse(recorded.toString()) as EventRecord[];
}

/** Each reading in a process of its own: memory is that of the reading alone. */
function measure(megabytes: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
  try {
    const many = write(join(folder, 'many'), megabytes, 500);
    const one = write(join(folder, 'one'), 170, 137_000);
    console.log('| log files | MB of JSON | wanted | events given | CPU s | MB a CPU second | peak MB |');
    console.log('| ---: | ---: | --- | ---: | ---: | ---: | ---: |');
    for (const [name, { files, size }] of Object.entries({ many, one })) {
      for (const wanted of Object.keys(readings)) report(join(folder, name), files, size, wanted);
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
    real: realEvents(),
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
  const events = await readings[wanted]?.(folder);
  const { user, system } = process.cpuUsage();
  const memory = peakMegabytes();
  console.log(JSON.stringify({ events, cpu: (user + system) / 1e6, memory }));
}

/** Of this process alone: what `resourceUsage` gives begins with what its parent had. */
function peakMegabytes(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** How many records, or of the pack how many had to be parsed. */
const readings: Readonly<Record<string, (folder: string) => Promise<number>>> = {
  all: async (folder) => await count(folder, true),
  'one name': async (folder) => await count(folder, false),
  'one name, by DuckDB': countByDuckDb,
  'the pack': async (folder) => (await judgeFolder(folder)).parsed,
};

async function count(folder: string, isAll: boolean): Promise<number> {
  let events = 0;
  for await (const { records } of plantedDay(folder).read(isAll ? 'all' : new Set([plantedName])))
    events += records.length;
  return events;
}

/** With one thread, as here; a file may be of the size that it is. */
async function countByDuckDb(folder: string): Promise<number> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const database = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const files = `'${folder}/**/*.json.gz'`;
  const records = `read_json(${files}, columns = {Records: 'STRUCT(eventName VARCHAR, eventSource VARCHAR)[]'}, maximum_object_size = 536870912)`;
  const query = `SELECT count(*)::INTEGER FROM (SELECT unnest(Records) AS event FROM ${records}) WHERE event.eventName = '${plantedName}'`;
  const [[found] = []] = await (await database.run(query)).getRows();
  return Number(found);
}

const [first = '200', second = ''] = process.argv.slice(2);
if (first === 'read') {
  // As the command line does.
  keepYoungPartSmall();
  optimizeLate(process.versions.v8);
  await read(second, process.argv[4] ?? 'all');
} else measure(Number(first));

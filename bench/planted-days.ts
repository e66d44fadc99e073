// npm run bench:planted [-- MEGABYTES]: planted log files are judged by the whole pack; then the same events, shuffled,
// doubled, split and packed anew; then without one hour. Exact incidents, the same verdicts to the byte, and what one hour
// changes are checked, and what it took is printed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { keepYoungPartSmall, optimizeLate } from '../src/cli/process/engine.js';
import type { EventRecord } from '../src/model/log-events.js';
import { judgeFolder } from './judge-folder.js';
import { plantedFiles, type PlantedFile } from './planted-logs.js';

/** What the planted events raise, and nothing among the others does. */
const trails = new Set(['StopLogging', 'DeleteTrail']);
const policy = 'trails-are-not-stopped';

/** What planted files are made of: not at hand in the processes that judge. */
function realEvents(): EventRecord[] {
  const recorded = gunzipSync(readFileSync('test/fixtures/third-party-events/invictus/events.json.gz'));
  // The file is JSON that is not generated: a list of records.
  return (JSON.parse(recorded.toString()) as EventRecord[]).filter((it) => !trails.has(String(it['eventName'])));
}

interface Shown {
  readonly policyId: string;
  readonly account: string;
  readonly outcome: string;
  readonly incidents: readonly { readonly key: string }[];
}

interface Judged {
  /** By policy and account. */
  readonly verdicts: Readonly<Record<string, Shown>>;
  readonly hash: string;
  readonly cpu: number;
  readonly memory: number;
}

function run(megabytes: number): void {
  const base = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
  try {
    const { files, size, planted } = write(base, megabytes);
    const whole = judged(join(base, 'whole'));
    const found = ofPolicy(whole, policy).flatMap((it) => it.incidents.map(({ key }) => key));
    check('each planted event is an incident, and no other', sorted(found), sorted(planted));
    const changed = judged(join(base, 'changed'));
    check('shuffled, doubled, split and packed anew: the same bytes', changed.hash, whole.hash);
    for (const hour of ['20261120T00', '20261120T01']) checkHour(base, whole, hour);
    const took = [whole, changed].map(({ cpu, memory }) => `${cpu.toFixed(1)} CPU s, ${memory} MB`);
    console.log(`${files} files, ${size} MB of JSON, ${planted.length} planted: ${took.join('; changed: ')}`);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function write(base: string, megabytes: number) {
  const plan = {
    real: realEvents(),
    accounts: 4,
    regions: ['us-east-1', 'eu-west-1'],
    hours: 24,
    // Each has some 0.6 MB.
    filesPerHour: Math.max(1, Math.round(megabytes / 0.62 / (4 * 2 * 24))),
    eventsPerFile: 500,
    plantEvery: 10,
  };
  const planted: string[] = [];
  let files = 0;
  let bytes = 0;
  for (const file of plantedFiles(plan)) {
    bytes += save(join(base, 'whole'), file.key, file.records, 1);
    for (const it of ways[files % ways.length]?.(file) ?? []) save(join(base, 'changed'), it.key, it.records, it.level);
    planted.push(...file.planted);
    files += 1;
  }
  return { files, size: Math.round(bytes / 1e6), planted };
}

interface Changed extends Pick<PlantedFile, 'key' | 'records'> {
  readonly level: number;
}

const ways: readonly ((file: PlantedFile) => readonly Changed[])[] = [
  (it) => [{ ...it, level: 6 }],
  ({ key, records }) => [{ key, records: records.toReversed(), level: 2 }],
  ({ key, records }) => [
    { key, records: records.slice(0, 100), level: 1 },
    { key: key.replace(/_0(.{15})\.json\.gz$/, '_Z$1.json.gz'), records: records.slice(100), level: 1 },
  ],
  ({ key, records }) => [
    { key, records, level: 1 },
    { key: key.replace('o-exampleorgid/', ''), records, level: 1 },
  ],
];

function save(base: string, key: string, records: readonly EventRecord[], level: number): number {
  const text = JSON.stringify({ Records: records });
  const path = join(base, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(text, { level }));
  return text.length;
}

/** Without the files of an hour of one account in one Region, what held there is open, and nothing else changes. */
function checkHour(base: string, whole: Judged, hour: string): void {
  const [account, region] = ['111111111112', 'eu-west-1'];
  const beside = join(base, 'beside');
  mkdirSync(beside, { recursive: true });
  const away = readdirSync(join(base, 'whole'), { recursive: true, encoding: 'utf8' }).filter((it) =>
    it.includes(`${account}_CloudTrail_${region}_${hour}`),
  );
  for (const it of away) renameSync(join(base, 'whole', it), join(beside, basename(it)));
  const { verdicts } = judged(join(base, 'whole'));
  for (const it of away) renameSync(join(beside, basename(it)), join(base, 'whole', it));
  for (const [key, before] of Object.entries(whole.verdicts)) {
    const now = verdicts[key];
    const isHeld = before.account === account && before.outcome === 'COMPLIANT';
    check(`without ${hour}: ${key}`, now?.outcome, isHeld ? 'INSUFFICIENT_DATA' : before.outcome);
    if (before.account !== account) check(`without ${hour}: ${key}`, now, before);
  }
  const held = Object.values(whole.verdicts).filter((it) => it.account === account && it.outcome === 'COMPLIANT');
  console.log(`without ${hour} (${away.length} files): ${held.length} verdicts that held are open, all others stand`);
}

const ofPolicy = ({ verdicts }: Judged, id: string): readonly Shown[] =>
  Object.values(verdicts).filter((it) => it.policyId === id);

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : 1));
}

function check(what: string, is: unknown, expected: unknown): void {
  const [one = '', other = ''] = [is, expected].map((it) => JSON.stringify(it));
  if (one !== other) throw new Error(`${what}: ${one.slice(0, 500)} is not ${other.slice(0, 500)}`);
}

/** Judges in a process of its own: memory is that of the reading alone. */
function judged(of: string): Judged {
  const ran = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'judge', of], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  // It is printed below.
  return JSON.parse(ran.stdout) as Judged;
}

async function judge(of: string): Promise<void> {
  const { verdicts } = await judgeFolder(of);
  // In which object an event stands is another matter where objects are others.
  const shown = verdicts.map((it) => {
    const incidents = it.incidents.map(({ events, ...rest }) => ({ ...rest, ids: events.map((one) => one.eventID) }));
    // Their numbers go through all accounts.
    return Object.assign({}, it, { incidents, gaps: it.gaps.map(({ message }) => message) });
  });
  const hash = createHash('sha256').update(JSON.stringify(shown)).digest('hex');
  const { user, system } = process.cpuUsage();
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const byKey = Object.fromEntries(shown.map((it) => [`${it.policyId} ${it.account}`, it]));
  process.stdout.write(JSON.stringify({ verdicts: byKey, hash, cpu: (user + system) / 1e6, memory }));
}

const [first = '2000', folder = ''] = process.argv.slice(2);
if (first === 'judge') {
  // As the command line does.
  keepYoungPartSmall();
  optimizeLate(process.versions.v8);
  await judge(folder);
} else run(Number(first));

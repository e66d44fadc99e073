// npm run bench [-- 100 1000 10000]: scans fake organizations of these sizes, plainly and with --save-inventory, then
// evaluates each again from what was saved, and writes the table to bench/figures.md.
// npm run bench -- --shards 4 10000: the whole, each of its shards, and their merge, into bench/shards.md.
// npm run bench -- --config 10000: through an aggregator of AWS Config, into bench/config.md.
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callsAnswered, callsOf, measure, table, withFakes, type Fake, type Row } from './measure.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { shards: { type: 'string' }, config: { type: 'boolean', default: false } },
});
const shards = Number(values.shards ?? 0);
const sizes = positionals.length > 0 ? positionals.map(Number) : [100, 1000];

await withFakes(async (folder, startFake) => {
  const rows: Row[] = [];
  for (const accounts of sizes) {
    const fake = await startFake(accounts, values.config ? ['--recorded'] : []);
    try {
      const measured = values.config ? ofConfig : shards > 0 ? ofShards : ofSize;
      rows.push(...(await measured({ folder, accounts, fake })));
    } finally {
      fake.process.kill();
    }
  }
  const [name, title] = values.config
    ? ['config', 'AWS Config']
    : shards > 0
      ? ['shards', 'Shards']
      : ['figures', 'Figures'];
  const text = await table(title, rows);
  writeFileSync(`bench/${name}.md`, text);
  process.stdout.write(text);
});

interface Organization {
  readonly folder: string;
  readonly accounts: number;
  readonly fake: Fake;
}

async function ofSize({ folder, accounts, fake }: Organization): Promise<Row[]> {
  const inventory = join(folder, `${accounts}.json.gz`);
  const scan = ['scan', '--pack', 'core', '--quiet', '--fail-on', 'none', '--output', join(folder, 'live')];
  const results = join(folder, 'live/results.json');
  const live = await measure(folder, scan, fake.environment);
  const calls = callsOf(results);
  // It reads what other policies may ask of it, too: not the same calls.
  const saving = await measure(folder, [...scan, '--save-inventory', inventory], fake.environment);
  const callsOfSaving = callsOf(results);
  const replay = await measure(folder, [...scan, '--source', inventory], {});
  const size = Math.round(statSync(inventory).size / 1024);
  return [
    { what: 'scan, live', accounts, calls, ...live },
    { what: 'scan, live, with --save-inventory', accounts, calls: callsOfSaving, ...saving },
    { what: `scan of the saved inventory (${size} kB)`, accounts, calls: 0, ...replay },
  ];
}

/** One run after the other, so that none takes time from another: the whole, then the parts of the same organization. */
async function ofShards({ folder, accounts, fake }: Organization): Promise<Row[]> {
  const output = join(folder, 'shards');
  const judging = ['--pack', 'core', '--quiet', '--fail-on', 'none', '--output', output];
  const fileOf = (index: number): string => join(folder, `shard-${index}.json.gz`);
  const saving = ['--save-inventory', join(folder, 'whole.json.gz')];
  const whole = await measure(folder, ['scan', ...judging, ...saving], fake.environment);
  const rows: Row[] = [{ what: 'scan, live, whole', accounts, calls: callsOf(join(output, 'results.json')), ...whole }];
  for (let index = 1; index <= shards; index += 1) {
    const before = await callsAnswered(fake);
    const shard = ['scan', '--quiet', '--shard', `${index}/${shards}`, '--save-inventory', fileOf(index)];
    const took = await measure(folder, shard, fake.environment);
    const calls = (await callsAnswered(fake)) - before;
    rows.push({ what: `scan --shard ${index}/${shards}`, accounts, calls, ...took });
  }
  const files = Array.from({ length: shards }, (_, index) => fileOf(index + 1));
  rows.push({ what: 'merge', accounts, calls: 0, ...(await measure(folder, ['merge', ...files, ...judging], {})) });
  return rows;
}

/** Through an aggregator, whose calls grow with resources; recorders are one for each account and Region. */
async function ofConfig({ folder, accounts, fake }: Organization): Promise<Row[]> {
  const output = join(folder, 'config');
  const scan = ['scan', '--quiet', '--fail-on', 'none', '--allow-incomplete', '--output', output];
  const source = ['--source', 'config', '--aggregator', 'organization', '--region', 'us-east-1'];
  const took = await measure(folder, [...scan, ...source], fake.environment);
  const calls = callsOf(join(output, 'results.json'));
  return [{ what: 'scan --source config', accounts, calls, ...took }];
}

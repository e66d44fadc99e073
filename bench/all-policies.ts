// npm run bench:all-policies: every policy of a scan on a saved inventory of 10,000 accounts with all that the policies
// ask for, 17 Regions each, into bench/all-policies.md. The inventory is that of 20 accounts, one of them copied.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Inventory } from '../src/model/inventory.js';
import { known } from '../src/model/known.js';
import { loadInventory, saveInventory } from '../src/storage/index.js';
import { measure, withFakes } from './measure.js';

const accounts = Number(process.argv[2] ?? 10_000);

/** A pack of every shipped policy that a scan can ask, in a file. */
function packOfAll(file: string): string {
  const policies = readdirSync('policies')
    .filter((it) => it !== 'packs')
    .map((it) => parse(readFileSync(join('policies', it, 'policy.yaml'), 'utf8')) as { id: string; activity?: unknown })
    .filter((it) => it.activity === undefined)
    .map(({ id }) => id);
  writeFileSync(file, stringify({ version: 1, id: 'all', title: 'All', description: 'All.', policies }));
  return file;
}

/** The inventory with its last member over and over, each time with an id and evidence of its own. */
function grown(inventory: Inventory): Inventory {
  const last = inventory.accounts.findLast((it) => it.id !== inventory.organization?.managementAccountId);
  if (last === undefined) throw new Error('There is no member.');
  const isOfLast = (it: { readonly accountId: string }): boolean => it.accountId === last.id;
  const { securityHubs = [] } = inventory;
  const of = JSON.stringify({
    account: last,
    evidence: inventory.evidence.filter(isOfLast),
    securityHubs: securityHubs.filter(isOfLast),
  });
  const copies = Array.from({ length: accounts - inventory.accounts.length }, (_, at) => {
    const number = String(at + 1).padStart(6, '0');
    const text = of
      .replaceAll(last.id, `777777${number}`)
      .replaceAll(/"[0-9a-f]{10}([0-9a-f]{6})"/g, `"7777${number}$1"`);
    // The text is that of the account and of what is its own above.
    return JSON.parse(text) as Pick<Inventory, 'evidence'> &
      Required<Pick<Inventory, 'securityHubs'>> & { readonly account: Inventory['accounts'][number] };
  });
  return {
    ...inventory,
    accounts: [...inventory.accounts, ...copies.map((it) => it.account)],
    securityHubs: [...securityHubs, ...copies.flatMap((it) => it.securityHubs)].toSorted((a, b) =>
      a.arn < b.arn ? -1 : 1,
    ),
    evidence: [...inventory.evidence, ...copies.flatMap((it) => it.evidence)].toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    ),
  };
}

/** The same with a recorder of everything in each Region of each account. */
function recorded(inventory: Inventory): Inventory {
  const settings = known({
    name: 'default',
    strategy: 'all' as const,
    resourceTypes: [],
    includesGlobalTypes: true,
    frequency: 'continuous' as const,
    overrides: [],
  });
  const there = { settings, recording: known(true), lastEvent: known({ status: 'Success' }) };
  return {
    ...inventory,
    accounts: inventory.accounts.map((account) => {
      const { recorders } = account;
      return recorders === undefined
        ? account
        : { ...account, recorders: recorders.map((it) => Object.assign({}, it, there)) };
    }),
  };
}

function page(rows: readonly string[]): string {
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
  return `# Every policy of a scan

\`npm run bench:all-policies\`: a saved inventory of ${accounts} accounts, with recorders and VPCs asked for in 17 Regions of
each, evaluated and written as text, JSON and SARIF. ${machine}. Figures vary between machines: compare those of one run.
No account has a recorder but in the last row: each Region of each is a finding then.

| packs | wall s | CPU s | peak MB |
| --- | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

const folder = mkdtempSync(join(tmpdir(), 'trailproof-bench-'));
try {
  const file = join(folder, 'inventory.json.gz');
  const judging = ['--quiet', '--fail-on', 'none', '--allow-incomplete', '--output', join(folder, 'reports')];
  const all = packOfAll(join(folder, 'all.yaml'));
  await withFakes(async (at, startFake) => {
    const fake = await startFake(20);
    try {
      await measure(at, ['scan', '--pack', all, ...judging, '--save-inventory', file], fake.environment);
    } finally {
      fake.process.kill();
    }
  });
  const inventory = grown(await loadInventory(file));
  await saveInventory(inventory, file);
  const withRecorders = join(folder, 'recorded.json.gz');
  await saveInventory(recorded(inventory), withRecorders);
  const rows: string[] = [];
  for (const [what, pack, source] of [
    ['core', 'core', file],
    ['all policies', all, file],
    ['all policies, recorders everywhere', all, withRecorders],
  ] as const) {
    const { wall, cpu, memory } = await measure(folder, ['scan', '--pack', pack, ...judging, '--source', source], {});
    rows.push(`| ${what} | ${wall.toFixed(1)} | ${cpu.toFixed(1)} | ${Math.round(memory)} |`);
  }
  writeFileSync('bench/all-policies.md', page(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

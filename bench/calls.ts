// node scripts/run-ts.mjs bench/calls.ts [members]: counts the calls of a live run with all policies and with few, on a fake
// organization, and writes the table to bench/calls.md. Counts are the same on every machine.
import { writeFileSync } from 'node:fs';
import { collect } from '../src/collect/index.js';
import { loadPolicies } from '../src/index.js';
import type { Inventory } from '../src/model/inventory.js';
import { readPackageJson } from '../src/package-file.js';
import { neededCalls } from '../src/policy/index.js';
import { aLargeOrganization, startFakeAws } from '../test/support/fake-aws/index.js';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const members = Number(process.argv[2] ?? 598);
const { policies } = loadPolicies({ packs: ['core'] });
const baseline = loadPolicies({ packs: ['baseline'] }).policies;
const two = ['trail-is-logging', 'log-bucket-is-versioned'];

const rows = [
  ['everything, as `collect` reads it', undefined],
  ['`--pack core`', policies],
  ['`--pack baseline`', baseline],
  [`two policies: ${two.map((id) => `\`${id}\``).join(', ')}`, policies.filter(({ id }) => two.includes(id))],
] as const;

const aws = await startFakeAws(aLargeOrganization(members), { record: 'counts' });
try {
  Object.assign(process.env, aws.environment());
  const lines: string[] = [];
  for (const [what, chosen] of rows) {
    const calls = chosen === undefined ? undefined : neededCalls(chosen, readPackageJson('schema/view.v1.json'));
    const { apiCalls } = await read(calls);
    const operations = Object.keys(apiCalls.byOperation).length;
    lines.push(`| ${what} | ${apiCalls.total} | ${operations} | ${(apiCalls.total / (members + 2)).toFixed(1)} |`);
  }
  const text = [
    '# Calls by need',
    '',
    `A live run on a fake organization of ${members + 2} accounts with one organization trail; each 50th member has a trail,`,
    'bucket, key and log group of its own. HTTP requests, pages and AssumeRole included.',
    '',
    '| what is chosen | calls | operations | calls an account |',
    '|---|---:|---:|---:|',
    ...lines,
    '',
    'Every account is entered and asked for its trails whatever is chosen: that tells which accounts can be read at all.',
    '',
  ].join('\n');
  writeFileSync('bench/calls.md', text);
  process.stdout.write(text);
} finally {
  await aws.close();
}

async function read(calls: ReadonlySet<string> | undefined): Promise<Inventory> {
  return await collect({
    version: '0.0.0-bench',
    calls,
    region: undefined,
    roleName: 'TrailproofAudit',
    externalId: undefined,
    logArchiveAccount: undefined,
    deep: false,
    concurrency: 32,
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
    signal: new AbortController().signal,
    onProgress: () => {},
    // Quotas are waited for in no time: what counts here are calls.
    tuning: { clock: { now: () => 0, sleep: async () => await Promise.resolve() } },
  });
}

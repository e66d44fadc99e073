// Writes src/sample/inventory.json: what a scan of the sample organization reads. Part of npm run generate.
import { saveInventory } from '../../../src/storage/index.js';
import { collect } from '../../../src/collect/index.js';
import type { Clock } from '../../../src/collect/aws/clock.js';
import type { Evidence } from '../../../src/model/inventory.js';
import { startFakeAws } from '../fake-aws/index.js';
import { sampleOrganization, sampleTime } from './organization.js';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Time stands still but for what is waited, so that the same file is written each time. */
let time = sampleTime.getTime();
const clock: Clock = {
  now: () => time,
  sleep: async (milliseconds) => {
    time += milliseconds;
    await Promise.resolve();
  },
};

const aws = await startFakeAws(sampleOrganization, { now: () => sampleTime.getTime() });
try {
  Object.assign(process.env, aws.environment());
  const inventory = await collect({
    version: '0.1.0',
    region: undefined,
    roleName: 'TrailproofAudit',
    externalId: undefined,
    logArchiveAccount: undefined,
    deep: false,
    concurrency: 1,
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
    signal: new AbortController().signal,
    onProgress: () => {},
    tuning: { clock },
  });
  await saveInventory({ ...inventory, evidence: inventory.evidence.map(numbered) }, 'src/sample/inventory.json');
} finally {
  await aws.close();
}

/** Requests that run side by side arrive in any order: the ids follow the order of the evidence instead. */
function numbered(evidence: Evidence, index: number): Evidence {
  return { ...evidence, requestId: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}` };
}

import { parseArgs } from 'node:util';
import { aRecordedOrganization } from '../recorded-organization.js';
import { startFakeAws } from './start.js';
import { aLargeOrganization } from './world/large-organization.js';

/**
 * The fake as a process of its own, for benchmarks: an organization of `--accounts` covered members, answering after
 * `--latency` milliseconds, with `--recorded` also as an aggregator of AWS Config has it. Prints `listening PORT`;  `GET /__calls` tells how often each operation was
 * called, `GET /__environment` the variables that lead an AWS SDK here as the management account.
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '1000' },
    latency: { type: 'string', default: '0' },
    port: { type: 'string', default: '0' },
    'organizations-quota': { type: 'boolean', default: false },
    'cloudtrail-quota': { type: 'boolean', default: false },
    recorded: { type: 'boolean', default: false },
  },
});

const organization = values.recorded ? aRecordedOrganization : aLargeOrganization;
const aws = await startFakeAws(organization(wholeNumber('accounts')), {
  latency: wholeNumber('latency'),
  port: wholeNumber('port'),
  record: 'counts',
  quotas: { organizations: values['organizations-quota'], cloudtrail: values['cloudtrail-quota'] },
});
process.stdout.write(`listening ${aws.port}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // A write makes close() reject, which ends the process with its message and a failure.
    void aws.close();
  });
}

function wholeNumber(name: 'accounts' | 'latency' | 'port'): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`--${name} must be a whole number, not '${values[name]}'.`);
}

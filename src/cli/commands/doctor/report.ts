import type { Diagnosis } from '../../../collect/index.js';
import type { DoctorReport } from '../../../model/doctor.js';
import { checksOf, standingOf } from './checks.js';
import { problemsOf, type Entry } from './problems.js';

/** The diagnosis in words, with what to do. */
export function doctorReport(diagnosis: Diagnosis, entry: Entry, version: string): DoctorReport {
  const { caller, membership, accounts, outOfScope, region, checkedAt, apiCalls } = diagnosis;
  const organization = membership.is === 'member' ? membership.organization : undefined;
  const ready = accounts.filter((it) => it.isReady).length;
  return {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version },
    checkedAt,
    caller: { arn: caller.arn, accountId: caller.accountId, partition: caller.partition, region },
    organization:
      organization === undefined
        ? null
        : {
            id: organization.id,
            managementAccountId: organization.managementAccountId,
            callerIs: standingOf(organization, caller.accountId),
            cloudTrailAdministrators: organization.cloudTrailAdministrators?.slice() ?? null,
          },
    checks: checksOf(diagnosis),
    accounts: {
      listed: accounts.length + outOfScope.length,
      ready,
      notReady: accounts.length - ready,
      outOfScope: [...outOfScope],
    },
    problems: problemsOf(diagnosis, entry),
    apiCalls,
  };
}

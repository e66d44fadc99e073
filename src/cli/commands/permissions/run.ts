import {
  accountPolicy,
  callerPolicy,
  configPolicy,
  deliveryFilesPolicy,
  eventHistoryCallerPolicy,
  eventHistoryPolicy,
  isS3Location,
  logFilesCallerPolicy,
  logFilesPolicy,
  parseS3Location,
  structureCalls,
} from '../../../collect/index.js';
import { UsageError } from '../../../model/errors.js';
import { isPartition } from '../../../model/identifiers.js';
import { exitCodes } from '../../process/exit-codes.js';
import { callsOf, readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { checkQueryFlags, queryPolicy, type QueryFlags } from './query-sources.js';
import { callerTemplate, managementStack, stackSetTemplate } from './cloudformation.js';
import { terraformCaller, terraformModule } from './terraform.js';
import { parseTrust, trustPolicy, type TrustFlags } from './trust.js';
import { refuseUnused } from './unused-flags.js';
import type { FlagsGiven } from '../../source/flags-given.js';
import { isInsights } from '../../source/insights-source.js';
import { isLake } from '../../source/lake-source.js';
import { checkedRoleName } from '../../source/source-options.js';
import type { Terminal } from '../../process/terminal.js';
import { jsonLines } from '../../../report/index.js';
import { writeLines } from '../../process/write-lines.js';

/** As commander gives them: each declared in declare.ts. */
interface PermissionsOptions extends PolicyOptions, TrustFlags, QueryFlags, FlagsGiven {
  readonly ou?: true;
  readonly caller?: true;
  readonly trust?: true;
  readonly format: string;
  readonly management?: true;
  readonly roleName?: string;
  readonly verifyLogs?: true;
  readonly eventHistory?: true;
}

/** `trailproof permissions`: the role of the calls that a scan makes, and what its caller needs. */
export function permissionsCommand(options: unknown, terminal: Terminal): number {
  const it = options as PermissionsOptions;
  checkFlags(it);
  const trust = parseTrust(it);
  const roleName = checkedRoleName(it.roleName ?? defaultRole(it));
  refuseUnused(it);
  const ofQueries = queryPolicy(it);
  if (ofQueries !== undefined) {
    writeLines(terminal.stdout, jsonLines(ofQueries));
    return exitCodes.ok;
  }
  if (it.source === 'config') {
    writeLines(terminal.stdout, jsonLines(configPolicy()));
    return exitCodes.ok;
  }
  if (isS3Location(it.source) && it.verifyLogs !== true) {
    writeLines(terminal.stdout, jsonLines(deliveryFilesPolicy(it.partition, parseS3Location(it.source))));
    return exitCodes.ok;
  }
  if (it.trust === true) {
    writeLines(terminal.stdout, jsonLines(trustPolicy(trust, it.partition)));
    return exitCodes.ok;
  }
  let calls: ReadonlySet<string> | undefined;
  if (it.pack !== undefined || it.policies !== undefined) {
    const loaded = readPolicies(it, true);
    if (!reportDiagnostics(loaded, terminal)) return exitCodes.usage;
    calls = new Set([...callsOf(loaded.policies), ...(it.ou === true ? structureCalls : [])]);
  }
  const policy = policyOf(it, roleName, calls);
  const template = { roleName, policy, trust };
  switch (it.format) {
    case 'cloudformation': {
      const print = it.management === true ? managementStack : stackSetTemplate;
      terminal.stdout.write(it.caller === true ? callerTemplate(policy) : print(template));
      break;
    }
    case 'terraform': {
      terminal.stdout.write(it.caller === true ? terraformCaller(policy) : terraformModule(template));
      break;
    }
    default: {
      writeLines(terminal.stdout, jsonLines(policy));
    }
  }
  return exitCodes.ok;
}

function defaultRole({ verifyLogs, eventHistory }: PermissionsOptions): string {
  if (verifyLogs === true) return 'TrailproofVerifyLogs';
  return eventHistory === true ? 'TrailproofEventHistory' : 'TrailproofAudit';
}

function policyOf(options: PermissionsOptions, roleName: string, calls: Parameters<typeof accountPolicy>[0]) {
  if (options.verifyLogs === true) return ofLogFiles(options, roleName);
  if (options.eventHistory !== true) return ofScan(options, roleName, calls);
  return options.caller === true ? eventHistoryCallerPolicy(options.partition, roleName) : eventHistoryPolicy();
}

function ofScan(
  { caller, partition }: PermissionsOptions,
  roleName: string,
  calls: Parameters<typeof accountPolicy>[0],
) {
  return caller === true ? callerPolicy(partition, roleName, calls) : accountPolicy(calls);
}

function ofLogFiles({ caller, partition, source }: PermissionsOptions, roleName: string) {
  if (caller === true) return logFilesCallerPolicy(partition, roleName);
  return logFilesPolicy(partition, isS3Location(source) ? parseS3Location(source) : {});
}

function isSource(source: string): boolean {
  return source === 'live' || source === 'config' || isS3Location(source) || isLake(source) || isInsights(source);
}

function checkFlags(options: PermissionsOptions): void {
  checkQueryFlags(options);
  const { partition, format, management, caller, trust, ou, pack, policies, source, verifyLogs, eventHistory } =
    options;
  if (!isSource(source)) {
    throw new UsageError(
      `--source '${source}' needs no policy of its own.`,
      'live, config or s3://BUCKET/PREFIX; for config+live, use live and config.',
    );
  }
  if (!isPartition(partition))
    throw new UsageError(`--partition '${partition}' is not a partition of AWS.`, 'For example: aws-us-gov');
  if (!['json', 'cloudformation', 'terraform'].includes(format)) {
    throw new UsageError(`There is no format '${format}' for permissions.`, 'One of json, cloudformation, terraform.');
  }
  if (management === true && (format !== 'cloudformation' || caller === true || trust === true)) {
    throw new UsageError(
      '--management prints a CloudFormation stack.',
      'Write --format cloudformation --management; for Terraform, apply the same module in the management account.',
    );
  }
  if (trust === true && (caller === true || format !== 'json')) {
    throw new UsageError(
      '--trust prints the trust policy of the role, as JSON.',
      'Leave out --caller and --format: templates hold it.',
    );
  }
  if (verifyLogs === true && (pack !== undefined || policies !== undefined || source === 'config')) {
    throw new UsageError(
      '--verify-logs is a role of its own: it needs the same calls whatever the policies are.',
      'Leave out --pack, --policies and --source config.',
    );
  }
  if (
    eventHistory === true &&
    (verifyLogs === true || pack !== undefined || policies !== undefined || source !== 'live')
  ) {
    throw new UsageError(
      '--event-history is a role of its own: it needs the same calls whatever is asked.',
      'Leave out --pack, --policies, --source and --verify-logs.',
    );
  }
  if (ou === true && pack === undefined && policies === undefined) {
    throw new UsageError('--ou adds to what --pack or --policies need.', 'Leave it out: every call is allowed.');
  }
}

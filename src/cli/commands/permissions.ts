import { accountPolicy, callerPolicy, configPolicy } from '../../collect/index.js';
import { UsageError } from '../../model/errors.js';
import { isPartition } from '../../model/identifiers.js';
import type { Terminal } from '../terminal.js';

/** `trailproof permissions`: the IAM policy of the calls that a scan makes. */
export function permissionsCommand(options: unknown, terminal: Terminal): void {
  const { caller, roleName, partition, source } = options as {
    caller?: true;
    roleName: string;
    partition: string;
    source: string;
  };
  if (source !== 'live' && source !== 'config') {
    throw new UsageError(
      `--source '${source}' needs no policy of its own.`,
      'live or config; for config+live, use both.',
    );
  }
  if (!isPartition(partition))
    throw new UsageError(`--partition '${partition}' is none of AWS's.`, 'For example: aws-us-gov');
  const policy =
    source === 'config' ? configPolicy() : caller === true ? callerPolicy(partition, roleName) : accountPolicy();
  terminal.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
}

import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { flagsGiven } from '../../source/flags-given.js';

export function declarePermissions(program: Command, { terminal, setExitCode }: CommandContext): void {
  program
    .command('permissions')
    .description('the read-only role that a scan needs, from its one table of calls')
    .option('--pack <id...>', 'only what a scan with these packs needs (default: every call)')
    .option('--policies <dir...>', 'only what a scan with these folders of your own policies, and the packs, needs')
    .option('--ou', 'with --pack or --policies: the scans choose accounts with --ou')
    .option('--caller', 'what the caller needs in its own account, instead of the role')
    .option('--trust', 'the trust policy of the role, as JSON, instead of what it may do')
    .option('--format <format>', 'json, cloudformation or terraform', 'json')
    .option('--management', 'with cloudformation: the stack of the management account, where StackSets never deploy')
    .option(
      '--source <source>',
      'live; config or s3://…: what the caller needs to read AWS Config or its files, as JSON',
      'live',
    )
    .option('--event-history', 'the role of its own that activity reads Event history with')
    .option(
      '--athena',
      'what --source athena: of activity needs, which starts queries (narrowed by --source s3://LOG-BUCKET and --athena-results)',
    )
    .option(
      '--athena-results <location>',
      'with --athena: where the workgroup keeps results (default: s3://aws-athena-query-results-*)',
    )
    .option(
      '--lake',
      'what --source lake: of activity needs, which starts queries (narrowed by --source lake:EVENT_DATA_STORE_ARN)',
    )
    .option(
      '--insights',
      'what --source insights: of activity needs, which starts queries (narrowed by --source insights:LOG_GROUP_ARN)',
    )
    .option('--verify-logs', 'the role of its own that verify-logs reads log files with (narrowed by --source s3://…)')
    .option(
      '--role-name <name>',
      'the role that is assumed (default: TrailproofAudit, TrailproofVerifyLogs or TrailproofEventHistory)',
    )
    .option('--caller-account <id>', 'the account that Trailproof runs in')
    .option('--caller-role <arn>', 'the one role that may assume the role')
    .option('--organization <id>', 'the organization that the caller must be in')
    .option('--external-id <id>', 'what the caller must say with --external-id')
    .option('--partition <partition>', 'of the ARNs: aws, aws-cn, aws-us-gov …', 'aws')
    .action(async (options: object, command: Command) => {
      const { permissionsCommand } = await import('./run.js');
      setExitCode(permissionsCommand({ ...options, flagsGiven: flagsGiven(command) }, terminal));
    });
}

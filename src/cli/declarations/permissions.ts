import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';

export function declarePermissions(program: Command, { terminal }: CommandContext): void {
  program
    .command('permissions')
    .description('the read-only IAM policy that a scan needs, from its one table of calls')
    .option('--caller', 'of the caller in the management account or a delegated administrator, instead of the role')
    .option('--source <source>', 'live, or config: of the caller that reads AWS Config', 'live')
    .option('--role-name <name>', 'the role that is assumed in each account', 'TrailproofAudit')
    .option('--partition <partition>', 'aws, aws-cn, aws-us-gov …', 'aws')
    .action(async (options: unknown) => {
      const { permissionsCommand } = await import('../commands/permissions.js');
      permissionsCommand(options, terminal);
    });
}

import type { Command } from 'commander';
import type { CommandContext } from '../../../process/command-context.js';
import { subcommandFlags } from '../subcommand-flags.js';

export function declareAthenaTable(activity: Command, { terminal, setExitCode }: CommandContext): void {
  activity
    .command('athena-table')
    .description(
      'the statement that makes a table of the log files for Athena, with the accounts and Regions there are',
    )
    .option('--inventory <file>', 'accounts, Regions and the trail, as trailproof collect wrote them (default: blanks)')
    .option(
      '--bucket <location>',
      'where the trail delivers, as in s3://BUCKET/PREFIX (default: the organization trail)',
    )
    .option('--table <name>', 'its name, as in DATABASE.TABLE', 'default.cloudtrail_logs')
    .option('--since <day>', 'the first day of which there are log files', '2020-01-01')
    .action(async (_: unknown, command: Command) => {
      const { athenaTableCommand } = await import('./run.js');
      setExitCode(await athenaTableCommand(subcommandFlags(activity, command), terminal));
    });
}

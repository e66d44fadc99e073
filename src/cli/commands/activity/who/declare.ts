import type { Command } from 'commander';
import type { CommandContext } from '../../../process/command-context.js';
import { subcommandFlags } from '../subcommand-flags.js';

export function declareWho(activity: Command, { terminal, setExitCode }: CommandContext): void {
  activity
    .command('who')
    .description('who did what, when and from where: the events of a resource, a user, an access key or an address')
    .argument('<what>', 'an ARN, id, name, user, access key, IP address, or the name or id of an event')
    .option('--from <time>', 'start of the window: RFC 3339, or a date (default: 90 days, of log files 7 days, ago)')
    .option('--to <time>', 'end of the window, not included (default: now)')
    .option('--source <source>', 'event-history, a folder of log files, or s3://BUCKET/PREFIX', 'event-history')
    .option('--account <id...>', 'event-history: of these accounts (default: that of the ARN, else your own)')
    .option('--region <region...>', 'event-history: of these Regions (default: all that are enabled)')
    .option('--inventory <file>', 'which accounts and Regions there are, as trailproof collect wrote it')
    .option('--role-name <name>', 'event-history: the role to assume in other accounts', 'TrailproofEventHistory')
    .option('--log-role-name <name>', 'log files: the role to assume in the account of the bucket')
    .option('--external-id <id>', 'external id of these roles')
    .option('--verify', 'log files: read the digest files, and say what is not as CloudTrail delivered it')
    .option('--keys <file>', 'with --verify and a folder: what verify-logs --save-keys wrote')
    .option('--format <format>', 'text or json', 'text')
    .addHelpText('after', '\nExit codes: 0 read, 2 usage or nothing could be read, 3 some of it could not be read')
    .action(async (what: string, _: unknown, command: Command) => {
      const { whoCommand } = await import('./run.js');
      setExitCode(await whoCommand(what, subcommandFlags(activity, command), terminal));
    });
}

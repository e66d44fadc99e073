import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { flagsGiven } from '../../source/flags-given.js';

export function declareVerifyLogs(program: Command, { terminal, setExitCode }: CommandContext): void {
  program
    .command('verify-logs')
    .description('whether the log files themselves are as CloudTrail delivered them, and none is missing')
    .option('--trail <arn...>', 'only these trails (default: all that are known or found)')
    .option('--account <id...>', 'only the events of these accounts, each of which must have digest files')
    .option('--region <region...>', 'only the events of these Regions, each of which must have digest files')
    .option('--from <time>', 'start of the window: RFC 3339, or a date (default: a day before its end)')
    .option('--to <time>', 'end of the window, not included (default: the last hour whose digest files are due)')
    .option('--bucket <name>', 'the bucket that the log files are in, or were in')
    .option('--prefix <prefix>', "the trail's prefix in the bucket (default: found by what is there)")
    .option('--source <source>', 'live, or a folder that holds a copy of the bucket', 'live')
    .option('--inventory <file>', 'what trails, accounts and Regions there are, as trailproof collect wrote it')
    .option('--role-name <name>', 'the role to assume in each account to read its trails', 'TrailproofAudit')
    .option('--log-role-name <name>', 'the role to assume in the account of a bucket to read the log files')
    .option('--external-id <id>', 'external id of these roles')
    .option('--prove <file>', 'look for the calls of that scan (results.json or inventory) in verified log files')
    .option('--statement <file>', 'write an in-toto statement on what was verified, to be signed')
    .option('--plan', 'say what would be read and what it costs, by listings alone, and read nothing')
    .option('--max-requests <n>', 'make no more requests to S3; what is left is unreadable')
    .option('--checkpoint <file>', 'what is proved is appended to it, and not read again unless it was rewritten')
    .option('--full', 'with --checkpoint: read everything again')
    .option('--keys <file>', 'with a folder: what --save-keys wrote')
    .option('--save-keys <file>', 'write what a later verification of a copy needs')
    .option('--as-of <time>', 'with a folder: when the copy was made (default: when the keys were saved)')
    .option('--sample <n>', 'read only n log files of each digest file; the verification is incomplete then')
    .option('--seed <text>', 'which ones: the same seed chooses the same (default: "0")')
    .option('--concurrency <n>', 'objects at once', '32')
    .option('--format <format>', 'text, markdown, html or json', 'text')
    .option('--output <file>', 'file to write (default: stdout)')
    .option('--allow-incomplete', 'exit with 0 if nothing shows tampering, though not all could be verified')
    .option('--verbose', 'a line for each digest and log file, on stderr')
    .option('--quiet', 'no messages about written files')
    .addHelpText(
      'after',
      '\nExit codes: 0 verified and complete, 1 something was changed, added or removed, 2 usage, 3 not all could be verified',
    )
    .action(async (options: object, command: Command) => {
      const { verifyLogsCommand } = await import('./run.js');
      setExitCode(await verifyLogsCommand({ ...options, flagsGiven: flagsGiven(command) }, terminal));
    });
}

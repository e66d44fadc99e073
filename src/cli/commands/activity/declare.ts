import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { flagsGiven } from '../../source/flags-given.js';
import { declareOptions } from '../../options/index.js';
import { declareAthenaTable } from './athena-table/declare.js';
import { declareQuery } from './query/declare.js';
import { declareWho } from './who/declare.js';

export function declareActivity(program: Command, { terminal, setExitCode }: CommandContext): void {
  const activity = program
    .command('activity')
    .description('what happened in the logs: policies on events, with the hours that are missing (docs/activity.md)')
    .option(
      '--source <source>',
      'a folder of log files, their bucket as in s3://BUCKET/PREFIX, event-history, athena:DATABASE.TABLE, lake:EVENT_DATA_STORE, or insights:LOG_GROUP',
    )
    .option('--sample', 'the embedded day of two accounts instead of logs of yours')
    .option(
      '--from <time>',
      'start of the window, by the time of events: RFC 3339, or a date (default: a day before its end)',
    )
    .option(
      '--to <time>',
      'end of the window, not included (default: an hour ago, as CloudTrail delivers with delay; with --verify three hours)',
    )
    .option(
      '--since-last <file>',
      'go on where the last run ended, and judge the day before again; the file keeps up to where that was',
    )
    .option('--inventory <file>', 'what accounts and Regions there are, as trailproof collect wrote it')
    .option(
      '--verify',
      'read the digest files, too: which log files are as CloudTrail delivered them, and which hours are whole',
    )
    .option('--plan', 'say what would be read and what it costs, by listings alone, and read nothing')
    .option('--keys <file>', 'with --verify and a folder: what verify-logs --save-keys wrote')
    .option('--keep-open <days>', 'with --previous: how long an incident stays open after its last event', '30d')
    .option('--baseline <files>', 'what was familiar before, as --save-baseline wrote it; none for a first run')
    .option('--save-baseline <file>', 'add what this run saw to the file, and make it where there is none')
    .option('--role-name <name>', 'event-history: the role to assume in other accounts', 'TrailproofEventHistory')
    .option('--log-role-name <name>', 'log files: the role to assume in the account of the bucket')
    .option('--external-id <id>', 'external id of these roles')
    .option('--workgroup <name>', 'athena: the workgroup that runs the query (default: primary)')
    .option('--catalog <name>', 'athena: the catalog of the table (default: AwsDataCatalog)')
    .option('--max-bytes <bytes>', 'athena, lake, insights: stop when queries have read more, as in 20GB');
  declareOptions(activity, [
    ['pack', 'packs of policies on events: ids, FILE.yaml, ./folder, npm:package', ['activity']],
    'policies',
    'format',
    'output',
    'fail-on',
    ['previous', 'the results.json of the last run: its incidents stay open; none for a first run'],
    'scan-id',
    'product-arn',
    'waivers',
    'max-waiver-days',
    'allow-incomplete',
    'quiet',
    'verbose',
  ]);
  declareAthenaTable(activity, { terminal, setExitCode });
  declareWho(activity, { terminal, setExitCode });
  declareQuery(activity, { terminal, setExitCode });
  // What is left over is told as a command that is not there, not as an argument too many.
  activity.allowExcessArguments(true).action(async (_: unknown, command: Command) => {
    const { refuseWords } = await import('./refuse-words.js');
    refuseWords(
      command.args,
      command.commands.map((it) => it.name()),
    );
    const { activityCommand } = await import('./run.js');
    setExitCode(await activityCommand({ ...command.opts(), flagsGiven: flagsGiven(command) }, terminal));
  });
}

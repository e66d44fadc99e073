import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { runConfigured } from '../../config/run-configured.js';

export function declareHistory(program: Command, context: CommandContext): void {
  const history = program
    .command('history')
    .description('when policies held and when not, over a window of time: the items that began and ended it')
    .requiredOption('--from <time>', 'start of the window: RFC 3339, or a date, which is its first moment in UTC')
    .requiredOption('--to <time>', 'its end, which is no longer part of it')
    .requiredOption(
      '--source <source>',
      "config (the caller's own account), a folder of AWS Config's files, or one of earlier results.json",
    )
    .option(
      '--files-until <time>',
      'with files of AWS Config: they are whole up to this time (default: the newest item)',
    )
    .option(
      '--silent-after <days>',
      'with files of AWS Config: an account of which nothing came for so long is not known (default: 7)',
    )
    .option('--pack <id...>', 'packs: ids, FILE.yaml, ./folder, npm:package; of two values the later wins', [
      'baseline',
    ])
    .option('--policies <dir...>', "folders of policies of one's own, in addition")
    .option('--account <id...>', 'only these accounts')
    .option('--exclude-account <id...>', 'all but these accounts')
    .option('--aggregator <name>', 'refused, with what to do instead: aggregators keep no history')
    .option('--region <region>', "with config: where AWS is asked first (default: the environment's)")
    .option('--concurrency <n>', 'with config: questions at once', '32')
    .option('--ledger <file>', 'with earlier results: a chain of their runs, to which new ones are added')
    .option('--format <format>', 'text, markdown or json', 'text')
    .option('--output <file>', 'where it is written (default: stdout)')
    .option('--fail-on <severity>', 'critical, high, medium, low, informational or none', 'low')
    .option('--allow-incomplete', 'end with 0 or 1 even where something could not be read')
    .option('--quiet', 'do not say what was written')
    .addHelpText('after', '\nExit codes: as of scan; 1 means that something was out of compliance at any time');
  runConfigured(history, context, async (options) => {
    const { historyCommand } = await import('./run.js');
    // What trailproof.yaml says of these is meant for scan: a folder, and several formats.
    const { format, output, source } = history.opts<{ format: string; output?: string; source: string }>();
    return await historyCommand({ ...(options as object), format, output, source }, context.terminal);
  });
}

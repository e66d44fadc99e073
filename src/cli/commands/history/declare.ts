import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { runConfigured } from '../../config/run-configured.js';

export function declareHistory(program: Command, context: CommandContext): void {
  const history = program
    .command('history')
    .description('when policies held over a window of time, and which changes began and ended it')
    .requiredOption('--from <time>', 'start of the window: RFC 3339, or a date, which is its first moment in UTC')
    .requiredOption('--to <time>', 'end of the window, not included')
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
    .option('--policies <dir...>', 'folders of your own policies, in addition')
    .option('--account <id...>', 'only these accounts')
    .option('--exclude-account <id...>', 'all but these accounts')
    .option('--aggregator <name>', 'not supported: aggregators keep no history')
    .option('--region <region>', "with config: the Region that is called first (default: the environment's)")
    .option('--concurrency <n>', 'with config: calls at once', '32')
    .option('--ledger <file>', 'with earlier results: a chain of their runs, to which new ones are added')
    .option('--format <format>', 'text, markdown, html or json', 'text')
    .option('--output <file>', 'file to write (default: stdout)')
    .option('--fail-on <severity>', 'critical, high, medium, low, informational or none', 'low')
    .option('--allow-incomplete', 'exit with 0 or 1 even if something could not be read')
    .option('--quiet', 'no messages about written files')
    .addHelpText('after', '\nExit codes: as of scan; 1 means that something was out of compliance at any time');
  runConfigured(history, context, async (options) => {
    const { historyCommand } = await import('./run.js');
    // What trailproof.yaml says of these is meant for scan: a folder, and several formats.
    const { format, output, source } = history.opts<{ format: string; output?: string; source: string }>();
    return await historyCommand({ ...(options as object), format, output, source }, context.terminal);
  });
}

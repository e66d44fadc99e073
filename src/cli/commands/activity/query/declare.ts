import type { Command } from 'commander';
import type { CommandContext } from '../../../process/command-context.js';
import { declareOptions } from '../../../options/index.js';
import { subcommandFlags } from '../subcommand-flags.js';

export function declareQuery(activity: Command, { terminal, setExitCode }: CommandContext): void {
  const query = activity
    .command('query')
    .description('what a policy asks of events in the words of another engine, ready to paste')
    .argument('<policy>', 'the id of a policy on events')
    .requiredOption('--for <engine>', 'athena, lake, duckdb, insights, eventbridge or filter-pattern')
    .option('--format <format>', 'text; of eventbridge and filter-pattern also cloudformation or terraform', 'text')
    .option('--account <id>', 'with the parameters that the packs bind to this account')
    .option('--exact', 'refuse what the engine cannot say as a whole, instead of leaving parts out');
  declareOptions(query, [['pack', 'packs that set parameters: ids, FILE.yaml, …', ['activity']], 'policies']);
  query
    .addHelpText('after', '\nExit codes: 0 said, 2 usage or nothing can be said, 3 with --exact: not all can be said')
    .action(async (policy: string, _: unknown, command: Command) => {
      const { queryCommand } = await import('./run.js');
      setExitCode(await queryCommand(policy, subcommandFlags(activity, command), terminal));
    });
}

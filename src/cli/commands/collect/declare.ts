import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { runConfigured } from '../../config/run-configured.js';
import { addSourceOptions } from '../../source/source-options.js';

export function declareCollect(program: Command, context: CommandContext): void {
  const collect = program
    .command('collect')
    .description('read the whole state of CloudTrail, for any policy, and write the inventory only')
    .option('--source <source>', 'live, config, config+live, or files of AWS Config in s3://…', 'live')
    .option('--aggregator <name>', "with config: the aggregator to ask, instead of the account's own recorders")
    .option('--save-inventory <file>', 'where to write it; .gz is gzipped', 'inventory.json.gz')
    .option('--account-tags', 'also read the tags of accounts, which packs may name: one call an account')
    .option('--quiet', 'no progress');
  addSourceOptions(collect);
  runConfigured(collect, context, async (options) => {
    const { collectCommand } = await import('./run.js');
    return await collectCommand(options, context.terminal);
  });
}

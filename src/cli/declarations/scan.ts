import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { runConfigured } from '../config/run-configured.js';
import { addSourceOptions } from '../source-options.js';
import { addWaiverOptions } from '../waiver-options.js';

export function declareScan(program: Command, context: CommandContext): void {
  const scan = program
    .command('scan')
    .description('read the state of CloudTrail, evaluate policies, write reports')
    .option(
      '--source <source>',
      'live, config, config+live, a saved inventory, or files of AWS Config, also s3://…',
      'live',
    )
    .option('--aggregator <name>', "with config: the aggregator to ask, instead of the account's own recorders")
    .option('--as-of <time>', 'with config or files of AWS Config: the state at that time')
    .option('--sample', 'the embedded sample organization instead of AWS')
    .option('--pack <id...>', 'packs: ids, FILE.yaml, ./folder, npm:package; of two values the later wins', [
      'baseline',
    ])
    .option('--policies <dir...>', "folders of policies of one's own, in addition")
    .option('--format <formats>', 'any of text,json,sarif,markdown', 'text,json,sarif,markdown')
    .option('--output <dir>', 'where the reports are written', 'reports')
    .option('--fail-on <severity>', 'critical, high, medium, low, informational or none', 'low')
    .option('--save-inventory <file>', 'read everything, not just what the policies need, and keep it for --source')
    .option(
      '--previous <results.json>',
      'results of the last run: what cannot be evaluated again stays open; none for a first run',
    )
    .option('--plan', 'say which calls the scan would make and how long they take, and make none of them')
    .option('--allow-incomplete', 'end with 0 or 1 even where something could not be read')
    .option('--quiet', 'no text report and no progress');
  addWaiverOptions(scan);
  addSourceOptions(scan);
  runConfigured(scan, context, async (options) => {
    const { scanCommand } = await import('../commands/scan.js');
    return await scanCommand(options, context.terminal);
  });
}

import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { runConfigured } from '../../config/run-configured.js';
import { addSourceOptions, addStateOptions } from '../../source/source-options.js';
import { addWaiverOptions } from '../../policies/waiver-options.js';

export function declareScan(program: Command, context: CommandContext): void {
  const scan = program.command('scan').description('read the state of CloudTrail, evaluate policies, write reports');
  addStateOptions(scan);
  scan
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
    const { scanCommand } = await import('./run.js');
    return await scanCommand(options, context.terminal);
  });
}

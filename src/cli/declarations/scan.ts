import { Option, type Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { addSourceOptions } from '../source-options.js';

export function declareScan(program: Command, { terminal, setExitCode }: CommandContext): void {
  const scan = program
    .command('scan')
    .description('read the state of CloudTrail, evaluate policies, write reports')
    .option('--source <source>', 'live, or a saved inventory (FILE)', 'live')
    .option('--sample', 'the embedded sample organization instead of AWS')
    .option('--pack <id...>', 'packs of policies (default: baseline)')
    .option('--policies <dir...>', "folders of policies of one's own, in addition")
    .option('--format <formats>', 'any of text,json,sarif,markdown', 'text,json,sarif,markdown')
    .option('--output <dir>', 'where the reports are written', 'reports')
    .option('--fail-on <severity>', 'critical, high, medium, low, informational or none', 'low')
    .option('--save-inventory <file>', 'read everything, not just what the policies need, and keep it for --source')
    .option('--allow-incomplete', 'end with 0 or 1 even where something could not be read')
    .option('--quiet', 'no text report and no progress');
  addSourceOptions(scan);
  for (const flag of [
    '--waivers <file>',
    '--config <file>',
    '--aggregator <name>',
    '--as-of <time>',
    '--previous <file>',
    '--shard <i/n>',
  ]) {
    scan.addOption(new Option(flag, 'not built yet').hideHelp());
  }
  scan.action(async (options: unknown) => {
    const { scanCommand } = await import('../commands/scan.js');
    setExitCode(await scanCommand(options, terminal));
  });
}

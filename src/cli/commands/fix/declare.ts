import { Option, type Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';

export function declareFix(program: Command, { terminal, setExitCode }: CommandContext): void {
  program
    .command('fix')
    .description('print the exact steps for the findings of a run, in an order that stops no delivery; changes nothing')
    .argument('[results]', 'results.json of a scan', 'reports/results.json')
    .option('--inventory <file>', 'the inventory of that scan (--save-inventory): more can be derived')
    .addOption(
      new Option('--format <format>', 'a script of the AWS CLI, or a file of infrastructure as code')
        .choices(['commands', 'terraform', 'cloudformation'])
        .default('commands'),
    )
    .option('--account <id...>', 'only findings of these accounts')
    .option('--policy <id...>', 'only findings of these policies')
    .option('--output <dir>', 'write files there instead of printing')
    .action(async (results: string, options: object) => {
      const { fixCommand } = await import('./run.js');
      setExitCode(await fixCommand(results, options, terminal));
    });
}

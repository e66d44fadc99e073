import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';

export function declareDiff(program: Command, { terminal, setExitCode }: CommandContext): void {
  program
    .command('diff')
    .description('what changed between two results, or between two saved inventories')
    .argument('<before>', 'results.json or an inventory')
    .argument('<after>', 'another one of the same kind')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExit codes: 0 nothing changed, 1 something did, 2 they cannot be compared')
    .action(async (before: string, after: string, options: { readonly json?: true }) => {
      const { diffCommand } = await import('./run.js');
      setExitCode(await diffCommand(before, after, options.json === true, terminal));
    });
}

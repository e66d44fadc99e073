import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';

export function declareLsp(program: Command, { terminal, setExitCode }: CommandContext): void {
  program
    .command('lsp')
    .description('a language server for policy files, started by editors (docs/editors.md)')
    // Editors pass it, whatever the server.
    .option('--stdio', 'over stdin and stdout (always)')
    .action(async () => {
      const { lspCommand } = await import('./run.js');
      setExitCode(await lspCommand(process.stdin, terminal));
    });
}

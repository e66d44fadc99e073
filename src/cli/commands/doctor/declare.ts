import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { runConfigured } from '../../config/run-configured.js';
import { addEntryOptions } from '../../source/source-options.js';

export function declareDoctor(program: Command, context: CommandContext): void {
  const doctor = program
    .command('doctor')
    .description('whether a scan will be able to read each account, and what to do if not')
    .option('--json', 'as JSON, with all accounts by name')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExit codes: 0 all accounts are ready, 3 some are not, 2 none is ready or there are no credentials',
    );
  addEntryOptions(doctor);
  runConfigured(doctor, context, async (options) => {
    const { doctorCommand } = await import('./run.js');
    return await doctorCommand(options, context.terminal);
  });
}

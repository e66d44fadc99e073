import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { UsageError } from '../../model/errors.js';
import type { CommandContext } from '../process/command-context.js';
import { exitCodes } from '../process/exit-codes.js';
import type { Terminal } from '../process/terminal.js';
import { writeLines } from '../process/write-lines.js';
import type { ConfigFile } from './effective-options.js';

const defaultFile = 'trailproof.yaml';

/**
 * Gives a command `--config` and `--print-config`, and runs it with what its flags and the configuration file come to.
 *
 * @param run - returns the exit code
 */
export function runConfigured(
  command: Command,
  { terminal, setExitCode }: CommandContext,
  run: (options: unknown, ...parameters: readonly unknown[]) => Promise<number>,
): void {
  command
    .option('--config <file>', `a file that says what flags would (default: ./${defaultFile} where it is present)`)
    .option('--print-config', 'print the options in force and where each value comes from, and exit');
  command.action(async (...parameters: unknown[]) => {
    const { effectiveOptions } = await import('./effective-options.js');
    const { config, printConfig } = command.opts<{ config?: string; printConfig?: true }>();
    const file = await readConfigFile(config, terminal);
    if (file === 'broken') {
      setExitCode(exitCodes.usage);
      return;
    }
    const { options, values } = effectiveOptions(command, file);
    if (printConfig === true) {
      const { formatConfig } = await import('./print-config.js');
      terminal.stdout.write(formatConfig(values, file));
      return;
    }
    if (file !== undefined && config === undefined) {
      const { followFoundFile } = await import('./found-file.js');
      writeLines(terminal.stderr, followFoundFile(defaultFile, values));
    }
    setExitCode(await run(options, ...parameters));
  });
}

async function readConfigFile(
  given: string | undefined,
  terminal: Terminal,
): Promise<ConfigFile | 'broken' | undefined> {
  if (given === undefined && !existsSync(defaultFile)) {
    if (!existsSync('trailproof.yml')) return undefined;
    throw new UsageError('trailproof.yml is not read.', `Rename it to ${defaultFile}, or name it with --config.`);
  }
  const path = given ?? defaultFile;
  if (!existsSync(path)) throw new UsageError(`There is no configuration file ${path}.`);
  const { readConfig } = await import('../../policy/index.js');
  const { reportDiagnostics } = await import('../policies/load-policies.js');
  const read = readConfig(path);
  return reportDiagnostics(read, terminal) && read.config !== undefined ? read.config : 'broken';
}

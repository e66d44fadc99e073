import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { attributeName, optionRows } from '../../options/index.js';

/** Declared behind `scan`: it takes the flags of `scan` that are about judging and reporting, whatever they are. */
export function declareMerge(program: Command, { terminal, setExitCode }: CommandContext): void {
  const merge = program
    .command('merge')
    .description('join the inventories of all shards, evaluate policies, write reports')
    .argument('<file...>', 'the inventories that scan --shard saved');
  const reads = new Set(optionRows.filter((it) => it.reads === true).map((it) => attributeName(it.name)));
  for (const option of program.commands.find((it) => it.name() === 'scan')?.options ?? []) {
    if (!reads.has(option.attributeName())) merge.addOption(option);
  }
  merge.action(async (files: readonly string[], options: object) => {
    const { mergeCommand } = await import('./run.js');
    setExitCode(await mergeCommand(files, options, terminal));
  });
}

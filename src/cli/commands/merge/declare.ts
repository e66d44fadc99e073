import { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { addSourceOptions } from '../../source/source-options.js';

/** Flags of `scan` that say what is read: the shards have been read. */
const aboutReading: ReadonlySet<string> = new Set(['source', 'sample', 'aggregator', 'plan']);

/** Declared behind `scan`: it takes the flags of `scan` that are about judging and reporting, whatever they are. */
export function declareMerge(program: Command, { terminal, setExitCode }: CommandContext): void {
  const merge = program
    .command('merge')
    .description('join the inventories of all shards, evaluate policies, write reports')
    .argument('<file...>', 'what scan --shard saved, each shard once');
  const source = new Command();
  addSourceOptions(source);
  const reads = new Set([...aboutReading, ...source.options.map((option) => option.attributeName())]);
  reads.delete('verbose');
  for (const option of program.commands.find((it) => it.name() === 'scan')?.options ?? []) {
    if (!reads.has(option.attributeName())) merge.addOption(option);
  }
  merge.action(async (files: readonly string[], options: object) => {
    const { mergeCommand } = await import('./run.js');
    setExitCode(await mergeCommand(files, options, terminal));
  });
}

import type { Command } from 'commander';

/** Adds the flags on waivers. */
export function addWaiverOptions(command: Command): void {
  command
    .option('--waivers <file...>', 'accepted findings, each with its reason, owner and last day')
    .option('--max-waiver-days <n>', 'the longest that a waiver may last (default: 365)');
}

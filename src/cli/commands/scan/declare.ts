import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { runConfigured } from '../../config/run-configured.js';
import { declareOptions } from '../../options/index.js';
import { addSourceOptions, addStateOptions } from '../../source/source-options.js';

export function declareScan(program: Command, context: CommandContext): void {
  const scan = program.command('scan').description('read the state of CloudTrail, evaluate policies, write reports');
  addStateOptions(scan);
  declareOptions(scan, [
    'pack',
    'policies',
    'format',
    'output',
    'product-arn',
    'split-by',
    'max-bytes',
    'fail-on',
    'verification',
    'history',
    'save-inventory',
    'evidence',
    'previous',
    'scan-id',
    'plan',
  ]);
  declareOptions(scan, ['allow-incomplete', 'quiet', 'waivers', 'max-waiver-days', 'attestations']);
  addSourceOptions(scan);
  runConfigured(scan, context, async (options) => {
    const { scanCommand } = await import('./run.js');
    return await scanCommand(options, context.terminal);
  });
}

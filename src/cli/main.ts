#!/usr/bin/env node
import { exitCodes } from './process/exit-codes.js';
import { printError } from './process/print-error.js';
import { keepHeapSmall, keepYoungPartSmall, optimizeLate } from './process/engine.js';
import { run } from './program.js';
import { visible } from '../text/printable.js';

// The SDK's notice about future Node versions says nothing to who runs a scan; package.json names what is supported.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// Before anything else is loaded: by what the heap has grown then it stays.
const command = process.argv[2] ?? '';
if (['collect', 'merge', 'scan'].includes(command)) keepHeapSmall();
if (command === 'activity') keepYoungPartSmall();
if (['activity', 'collect', 'merge', 'scan'].includes(command)) optimizeLate(process.versions.v8);

const interrupt = new AbortController();
process.on('SIGINT', () => {
  // The second one does not wait.
  if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
  process.stderr.write('\nInterrupted: stopping. Press Ctrl-C again to stop at once.\n');
  interrupt.abort(new Error('interrupted'));
});
process.on('SIGTERM', () => {
  if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
  interrupt.abort(new Error('terminated'));
});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes early, as in `| head`, is no error, and no reason to lose the reports and the exit code. An
  // editor that has gone asks nothing more.
  if (error.code === 'EPIPE') {
    if (command === 'lsp') process.exit(exitCodes.ok);
    return;
  }
  process.stderr.write(`error: the output could not be written: ${visible(error.message)}\n`);
  process.exit(exitCodes.usage);
});
// Where nothing can be said any more, the exit code still says it.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(exitCodes.usage);
});

try {
  const exitCode = await run(process.argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    signal: interrupt.signal,
  });
  // Whoever stops a run that was about to end is told so, not that all is well.
  process.exitCode = interrupt.signal.aborted && exitCode !== exitCodes.usage ? exitCodes.interrupted : exitCode;
} catch (error) {
  const isDebugging = process.env['TRAILPROOF_DEBUG'] !== undefined;
  process.exitCode = printError(error, (text) => process.stderr.write(text), isDebugging);
}

import { InterruptedError, UsageError } from '../../model/errors.js';
import { logText } from '../../text/log-text.js';
import { prose, visible } from '../../text/printable.js';
import { exitCodes } from './exit-codes.js';

/**
 * Prints an error once, for whoever can fix it, and returns the exit code. Names within it come from AWS and from files:
 * none of them drives the terminal or begins a line.
 */
export function printError(error: unknown, out: (text: string) => void, isDebugging: boolean): number {
  const write = (text: string): void => out(logText(text));
  if (error instanceof UsageError) {
    write(`error: ${error.lines.map(visible).join('\n  ')}\n`);
    if (error.help !== undefined) write(`  help: ${visible(error.help)}\n`);
    return exitCodes.usage;
  }
  if (error instanceof InterruptedError) {
    write(`${visible(error.message)}\n`);
    return exitCodes.interrupted;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  write(`error: this is a bug in Trailproof: ${visible(message)}\n`);
  write('  help: please report it, with the output of the same command under TRAILPROOF_DEBUG=1\n');
  if (isDebugging && error instanceof Error) write(stacks(error));
  return exitCodes.bug;
}

/** The stack begins with the message. Each line is indented, so that none looks like an error of its own. */
function stacks(error: Error): string {
  const lines = (error.stack ?? '').replace(error.message, () => prose(error.message)).split('\n');
  const stack = lines.map((line) => `  ${visible(line)}\n`).join('');
  return error.cause instanceof Error ? `${stack}  caused by\n${stacks(error.cause)}` : stack;
}

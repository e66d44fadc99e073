import { InterruptedError, UsageError } from '../../model/errors.js';
import { exitCodes } from './exit-codes.js';

/** Prints an error once, for whoever can mend it, and returns the exit code. */
export function printError(error: unknown, write: (text: string) => void, isDebugging: boolean): number {
  if (error instanceof UsageError) {
    write(`error: ${visible(error.message)}\n`);
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
  if (isDebugging && error instanceof Error) write(`${error.stack ?? ''}\n${causes(error)}`);
  return exitCodes.bug;
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `caused by ${error.cause.stack ?? ''}\n${causes(error.cause)}` : '';
}

/** Names come from AWS and from files: no escape sequence of theirs reaches the terminal. */
export function visible(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

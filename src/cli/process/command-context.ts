import type { Terminal } from './terminal.js';

/** What the declaration of a command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Called once, when the command has run; without it, the exit code is 0. */
  readonly setExitCode: (code: number) => void;
}

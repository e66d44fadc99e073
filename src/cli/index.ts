export { exitCodes, isIncomplete } from './process/exit-codes.js';
export { printError } from './process/print-error.js';
export type { PreviousFinder, Terminal } from './process/terminal.js';
export { run } from './program.js';
export { optionRows } from './options/index.js';

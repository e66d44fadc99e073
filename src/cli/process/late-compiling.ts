import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 optimize what runs often only after four times as much of it. As it comes, it spends a second on optimizing what
 * a reading of log files does few thousand times, which is an eighth of a gigabyte's time. It is looked at while functions
 * run, so that it may be set when Node runs already; a Node that does not know it goes on without it.
 */
export function compileLate(): void {
  setFlagsFromString('--interrupt-budget=500000');
}

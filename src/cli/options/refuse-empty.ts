import type { Command } from 'commander';
import { UsageError } from '../../model/errors.js';

/** Here nothing is a value: log files that have no prefix. */
const mayBeEmpty: ReadonlySet<string> = new Set(['--prefix']);

/**
 * Refuses a flag or argument that says nothing, such as `--account "$ACCOUNT"` where the variable is not set: it would be
 * taken for one that is not there, and `--account ''` for every account.
 *
 * @throws UsageError naming the flag or argument
 */
export function refuseEmpty(command: Command): void {
  const flag = command.options.find(
    (it) =>
      command.getOptionValueSource(it.attributeName()) === 'cli' &&
      !mayBeEmpty.has(it.long ?? '') &&
      holdsNothing(command.getOptionValue(it.attributeName())),
  );
  const argument = command.registeredArguments.find((_, index) => holdsNothing(command.processedArgs[index]));
  const what = flag?.long ?? (argument === undefined ? undefined : `<${argument.name()}>`);
  if (what === undefined) return;
  throw new UsageError(
    `${what} is empty.`,
    `Write a value${flag === undefined ? '' : ', or leave it out'}. Where it is a variable of the shell, it is not set.`,
  );
}

/** Text of blanks and commas alone, and a list that has such a text. */
function holdsNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsNothing);
  return typeof value === 'string' && /^[\s,]*$/.test(value);
}

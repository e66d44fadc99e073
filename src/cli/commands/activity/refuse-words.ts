import { suggestion } from '../../../expression/index.js';
import { UsageError } from '../../../model/errors.js';

/**
 * Words behind `trailproof activity` that are none of its commands.
 *
 * @throws UsageError with the command that was probably meant
 */
export function refuseWords([word]: readonly string[], commands: readonly string[]): void {
  if (word === undefined) return;
  throw new UsageError(`There is no command 'activity ${word}'.`, suggestion(word, commands, 'one of'));
}

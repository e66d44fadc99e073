import type { Command } from 'commander';
import { UsageError } from '../../../model/errors.js';

/** Commander gives flags that both have to `activity`, which stands first. */
export function subcommandFlags(activity: Command, command: Command): Readonly<Record<string, unknown>> {
  const names = new Map(command.options.map((it) => [it.attributeName(), it.long]));
  const given = activity.options.filter((it) => activity.getOptionValueSource(it.attributeName()) === 'cli');
  const foreign = given.find((it) => !names.has(it.attributeName()));
  if (foreign !== undefined) {
    throw new UsageError(
      `activity ${command.name()} has no flag ${foreign.long}.`,
      `trailproof activity ${command.name()} --help lists them.`,
    );
  }
  const values = given.map((it): [string, unknown] => [
    it.attributeName(),
    activity.getOptionValue(it.attributeName()),
  ]);
  return { ...command.opts(), ...Object.fromEntries(values) };
}

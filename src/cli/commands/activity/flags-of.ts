import type { Command } from 'commander';
import { UsageError } from '../../../model/errors.js';

/** The flags of a command below `activity`. Commander gives those that both have to `activity`, which stands first. */
export function flagsOf(activity: Command, below: Command): Readonly<Record<string, unknown>> {
  const names = new Map(below.options.map((it) => [it.attributeName(), it.long]));
  const given = activity.options.filter((it) => activity.getOptionValueSource(it.attributeName()) === 'cli');
  const foreign = given.find((it) => !names.has(it.attributeName()));
  if (foreign !== undefined) {
    const name = `activity ${below.name()}`;
    throw new UsageError(`${name} has no flag ${foreign.long}.`, `trailproof ${name} --help lists them.`);
  }
  const values = given.map((it): [string, unknown] => [
    it.attributeName(),
    activity.getOptionValue(it.attributeName()),
  ]);
  return { ...below.opts(), ...Object.fromEntries(values) };
}

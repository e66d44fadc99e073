import type { Command } from 'commander';
import { UsageError } from '../../model/errors.js';

/** Names of flags that were given on the command line, as commander names them. */
export interface FlagsGiven {
  readonly flagsGiven?: readonly string[] | undefined;
}

/** The flags that the command line gives; neither defaults nor what a file says. */
export function flagsGiven(command: Command): readonly string[] {
  return command.options.map((it) => it.attributeName()).filter((name) => command.getOptionValueSource(name) === 'cli');
}

/** `roleName` → `--role-name`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const scope = ['account', 'excludeAccount', 'ou'];
const calls = ['region', 'profile', 'concurrency'];
const entry = ['roleName', 'externalId', 'logArchiveAccount'];
const part = ['deep', 'shard', 'resume'];
const all = [...scope, ...calls, ...entry, ...part];

/** What a source has no use for. */
const useless = {
  saved: { flags: all, why: 'says how AWS is read, and this state was read before' },
  'config-files': { flags: [...calls, ...entry, ...part], why: 'says how AWS is called, and files are read here' },
  'config-bucket': { flags: [...entry, ...part], why: 'says how accounts are entered, and files in S3 are read here' },
  config: { flags: entry, why: 'says how accounts are entered, and AWS Config is asked here' },
} as const;

/**
 * No flag is passed over in silence.
 *
 * @param name what is read, for the message
 * @throws UsageError for a flag that would change nothing
 */
export function refuseUseless({ flagsGiven: given = [] }: FlagsGiven, kind: keyof typeof useless, name: string): void {
  const { flags, why } = useless[kind];
  const wrong = given.find((it) => (flags as readonly string[]).includes(it));
  if (wrong === undefined) return;
  const flag = flagOf(wrong);
  throw new UsageError(
    `${flag} has no effect with ${name}: it ${why}.`,
    kind === 'saved'
      ? `Leave it out, or read with it: trailproof collect ${flag} …`
      : 'Leave it out, or read live AWS with --source live.',
  );
}

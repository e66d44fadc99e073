import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';

/** What whoever writes policies needs beside checking and testing them. */
export function declareAuthoring(policies: Command, { terminal, setExitCode }: CommandContext): void {
  policies
    .command('fmt')
    .description('bring policies, tests and packs into one style; comments stay')
    .argument('[path...]', 'files and folders', ['policies'])
    .option('--check', 'write nothing; end with 1 where a file is not formatted')
    .action(async (paths: readonly string[], { check }: { readonly check?: true }) => {
      const { formatPolicies } = await import('../commands/policies-fmt.js');
      setExitCode(await formatPolicies(paths, check === true, terminal));
    });
}

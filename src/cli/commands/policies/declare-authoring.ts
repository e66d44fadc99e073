import type { Command } from 'commander';
import type { DiffOptions } from './diff.js';
import type { DocsOptions } from './docs.js';
import type { CommandContext } from '../../process/command-context.js';

/** What whoever writes policies needs beside checking and testing them. */
export function declareAuthoring(policies: Command, { terminal, setExitCode }: CommandContext): void {
  policies
    .command('fmt')
    .description('bring policies, tests and packs into one style; comments stay')
    .argument('[path...]', 'files and folders', ['policies'])
    .option('--check', 'write nothing; exit with 1 if a file is not formatted')
    .action(async (paths: readonly string[], { check }: { readonly check?: true }) => {
      const { formatPolicies } = await import('./fmt.js');
      setExitCode(await formatPolicies(paths, check === true, terminal));
    });
  policies
    .command('new')
    .description('start a policy: the two files of one that passes its own tests')
    .argument('<id>', 'kebab-case: a statement that holds when all is well')
    .argument('[dir]', 'the folder of policies', 'policies')
    .requiredOption('--target <target>', 'what it checks: organization, account, trail, log-bucket, kms-key, …')
    .action(async (id: string, folder: string, { target }: { readonly target: string }) => {
      const { startPolicy } = await import('./new.js');
      setExitCode(await startPolicy(id, target, folder, terminal));
    });
  policies
    .command('docs')
    .description('a Markdown page for each policy, and an index by severity and by control')
    .option('--pack <id...>', 'only the policies of these packs')
    .option('--policies <dir...>', 'folders of your own policies, in addition')
    .option('--output <dir>', 'where the pages are written', 'docs/policies')
    .action(async (options: DocsOptions) => {
      const { documentPolicies } = await import('./docs.js');
      setExitCode(await documentPolicies(options, terminal));
    });
  policies
    .command('diff')
    .description('which verdicts another set of policies would change on a saved inventory')
    .argument('<old>', 'a folder of policies, or a pack')
    .argument('<new>', 'another')
    .requiredOption('--inventory <file>', 'what trailproof collect, or scan --save-inventory, wrote')
    .option('--policies <dir...>', 'folders of your own policies, where their packs are compared')
    .option('--format <format>', 'text or json', 'text')
    .option('--output <file>', 'write it there instead of printing it')
    .option('--check', 'exit with 1 if a verdict or the list of policies changes')
    .action(async (before: string, after: string, options: DiffOptions) => {
      const { diffPolicies } = await import('./diff.js');
      setExitCode(await diffPolicies(before, after, options, terminal));
    });
}

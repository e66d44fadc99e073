import { Option, type Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { runConfigured } from '../config/run-configured.js';
import { notBuiltYet } from '../not-built.js';

export function declarePolicies(program: Command, context: CommandContext): void {
  const policies = program.command('policies').description('the policies: list, show, lint, test');
  const add = (name: 'list' | 'show' | 'lint' | 'test', description: string, argument?: string): void => {
    const command = policies.command(name).description(description);
    if (argument !== undefined) command.argument(argument);
    command
      .option('--pack <id...>', 'only the policies of these packs, as they make them')
      .option('--policies <dir...>', "folders of policies of one's own, in addition");
    if (name === 'list') command.option('--source', 'where each value comes from: the file and line that sets it');
    if (name === 'test') {
      command.option('--verbose', 'list the tests that pass, too');
      command.addOption(new Option('--counts <file>', 'write the counts as JSON').hideHelp());
    }
    runConfigured(command, context, async (options, first) => {
      const { policiesCommand } = await import('../commands/policies.js');
      return await policiesCommand(name, argument === undefined ? undefined : first, options, context.terminal);
    });
  };
  add('list', 'every policy, with severity, target and title');
  add('show', 'one policy in full', '<id>');
  add('lint', 'check policies and packs; all errors at once');
  add('test', "run the policies' own tests");
  policies
    .command('docs')
    .description('a page for each policy (not built yet)')
    .action(() => {
      throw notBuiltYet('trailproof policies docs');
    });
}

import { Option, type Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { declareAuthoring } from './policies-authoring.js';

export function declarePolicies(program: Command, { terminal, setExitCode }: CommandContext): void {
  const policies = program.command('policies').description('the policies: list, show, lint, test');
  const add = (name: 'list' | 'show' | 'lint' | 'test', description: string, argument?: string): void => {
    const command = policies.command(name).description(description);
    if (argument !== undefined) command.argument(argument);
    command
      .option('--pack <id...>', 'only the policies of these packs')
      .option('--policies <dir...>', "folders of policies of one's own, in addition");
    if (name === 'test') {
      command.option('--verbose', 'list the tests that pass, too');
      command.addOption(new Option('--counts <file>', 'write the counts as JSON').hideHelp());
    }
    command.action(async (...parameters: unknown[]) => {
      const { policiesCommand } = await import('../commands/policies.js');
      setExitCode(
        await policiesCommand(name, argument === undefined ? undefined : parameters[0], command.opts(), terminal),
      );
    });
  };
  add('list', 'every policy, with severity, target and title');
  add('show', 'one policy in full', '<id>');
  add('lint', 'check policies and packs; all errors at once');
  add('test', "run the policies' own tests");
  declareAuthoring(policies, { terminal, setExitCode });
}

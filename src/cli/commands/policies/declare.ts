import { Option, type Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { runConfigured } from '../../config/run-configured.js';
import { declareOptions } from '../../options/index.js';
import type { FunctionsOptions } from './functions.js';
import { declareAuthoring } from './declare-authoring.js';

export function declarePolicies(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const policies = program
    .command('policies')
    .description(
      'list, show, lint, test, fields, functions, fmt, new, docs, diff: the policies, and help to write them',
    );
  const add = (
    name: 'list' | 'show' | 'lint' | 'test',
    description: string,
    argument?: string,
    argumentHelp?: string,
  ): void => {
    const command = policies.command(name).description(description);
    if (argument !== undefined) command.argument(argument, argumentHelp);
    command
      .option('--pack <id...>', 'only the policies of these packs, as they make them')
      .option('--policies <dir...>', 'folders of your own policies, in addition');
    if (name === 'lint') declareOptions(command, ['waivers', 'max-waiver-days']);
    if (name === 'list') command.option('--source', 'where each value comes from: the file and line that sets it');
    if (name === 'list') command.option('--json', 'as JSON');
    if (name === 'test') {
      command
        .option('--verbose', 'list the tests that pass, too')
        .option('--strict', 'fail when an assertion is not seen both to hold and to fail')
        .option('--mutate', 'change each expression slightly, and list the changes that no test notices')
        .option('--format <format>', 'text, junit or tap', 'text')
        .option('--output <file>', 'write the report there instead of printing it');
      command.addOption(new Option('--counts <file>', 'write the counts as JSON').hideHelp());
    }
    runConfigured(command, context, async (options, first) => {
      if (name === 'lint') {
        const { lintPolicies } = await import('./lint.js');
        // Commander gives a list for `[path...]`.
        return lintPolicies(first as readonly string[], options, terminal);
      }
      const { policiesCommand } = await import('./run.js');
      return await policiesCommand(name, argument === undefined ? undefined : first, options, terminal);
    });
  };
  add('list', 'every policy, with severity, target and title');
  add('show', 'one policy in full', '<id>');
  add('lint', 'check policies and packs; all errors at once', '[path...]', 'only these files and folders');
  add(
    'test',
    "run the policies' own tests",
    '[id|path...]',
    'only these policies, or those in these files and folders',
  );
  policies
    .command('fields')
    .description('what policies may ask of a target: each field with its type, its calls and its meaning')
    .argument('<target>', 'a target, a name in scope or a type, and fields behind it: trail.delivery')
    .option('--json', 'as JSON')
    .action(async (path: string, options: { readonly json?: true }) => {
      const { fieldsCommand } = await import('./fields.js');
      fieldsCommand(path, options.json === true, terminal);
    });
  policies
    .command('functions')
    .description('the functions of the policy language: what each takes, means and refuses, with an example')
    .argument('[name]', 'only this one')
    .option('--json', 'as JSON')
    .option('--output <file>', 'write them there as a page in Markdown')
    .action(async (name: string | undefined, options: FunctionsOptions) => {
      const { functionsCommand } = await import('./functions.js');
      context.setExitCode(await functionsCommand(name, options, terminal));
    });
  declareAuthoring(policies, context);
}

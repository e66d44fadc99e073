import type { Command } from 'commander';
import type { CommandContext } from '../../process/command-context.js';
import { flagsGiven } from '../../source/flags-given.js';
import { addSourceOptions, addStateOptions } from '../../source/source-options.js';

export function declareExplain(program: Command, { terminal, setExitCode }: CommandContext): void {
  const explain = program
    .command('explain')
    .description("why a policy decided as it did, with each sub-expression's value")
    .argument('<policy>', 'id of the policy')
    .option('--target <target>', 'only this one: an ARN, an id or a name')
    .option('--event <file>', 'of a policy on events: why it is about these records of CloudTrail, or is not');
  addStateOptions(explain);
  explain
    .option('--pack <id...>', 'with the values that these packs set: ids, FILE.yaml, ./folder, npm:package')
    .option('--policies <dir...>', 'folders of your own policies, in addition')
    .option('--json', 'the evaluations as JSON, with their evidence and gaps')
    .option('--quiet', 'no progress');
  addSourceOptions(explain);
  explain.action(async (policy: string, options: object, command: Command) => {
    const { explainCommand } = await import('./run.js');
    setExitCode(await explainCommand(policy, { ...options, flagsGiven: flagsGiven(command) }, terminal));
  });
}

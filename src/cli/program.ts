import { Command, CommanderError, Option } from 'commander';
import { exitCodes } from './exit-codes.js';
import { notBuiltYet } from './not-built.js';
import { addSourceOptions } from './source-options.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

/** Runs a command line and returns the exit code; what cannot be done is thrown. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = makeProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  return exitCode;
}

/** Commands load what they need when they run: `--version` and `--help` load nothing of AWS. */
function makeProgram(terminal: Terminal, setExitCode: (code: number) => void): Command {
  const program = new Command('trailproof')
    .description('Checks AWS CloudTrail across an organization against policies as code.')
    .version(version(), '-V, --version')
    .showHelpAfterError('(trailproof --help shows the usage)')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .exitOverride()
    .addHelpText('after', exitCodeHelp);
  addScan(program, terminal, setExitCode);
  addCollect(program, terminal, setExitCode);
  addPolicies(program, terminal, setExitCode);
  addPermissions(program, terminal);
  for (const [name, what] of notBuilt) {
    program
      .command(name, { hidden: false })
      .description(`${what} (not built yet)`)
      .allowUnknownOption()
      .argument('[anything...]')
      .action(() => {
        throw notBuiltYet(`trailproof ${name}`);
      });
  }
  return program;
}

const notBuilt = [
  ['explain', 'why a policy decided as it did'],
  ['diff', 'what changed between two results'],
  ['merge', "shards' results into one"],
  ['history', 'a time window, from AWS Config'],
  ['verify-logs', 'the log files themselves'],
] as const;

const exitCodeHelp = `
Exit codes:
  0    nothing at or above --fail-on
  1    findings
  2    usage or policy error, or nothing could be read
  3    incomplete: an account or a deciding value could not be read
  70   a bug in Trailproof
  130  interrupted

trailproof scan --sample shows a whole result without AWS.`;

function addScan(program: Command, terminal: Terminal, setExitCode: (code: number) => void): void {
  const scan = program
    .command('scan')
    .description('read the state of CloudTrail, evaluate policies, write reports')
    .option('--source <source>', 'live, or a saved inventory (FILE)', 'live')
    .option('--sample', 'the embedded sample organization instead of AWS')
    .option('--pack <id...>', 'packs of policies (default: baseline)')
    .option('--policies <dir...>', "folders of policies of one's own, in addition")
    .option('--format <formats>', 'any of text,json,sarif,markdown', 'text,json,sarif,markdown')
    .option('--output <dir>', 'where the reports are written', 'reports')
    .option('--fail-on <severity>', 'critical, high, medium, low, informational or none', 'low')
    .option('--save-inventory <file>', 'keep what was read, to evaluate it again with --source')
    .option('--allow-incomplete', 'end with 0 or 1 even where something could not be read')
    .option('--quiet', 'no text report and no progress');
  addSourceOptions(scan);
  for (const flag of [
    '--waivers <file>',
    '--config <file>',
    '--aggregator <name>',
    '--as-of <time>',
    '--previous <file>',
    '--shard <i/n>',
  ]) {
    scan.addOption(new Option(flag, 'not built yet').hideHelp());
  }
  scan.action(async (options: unknown) => {
    const { scanCommand } = await import('./commands/scan.js');
    setExitCode(await scanCommand(options, terminal));
  });
}

function addCollect(program: Command, terminal: Terminal, setExitCode: (code: number) => void): void {
  const collect = program
    .command('collect')
    .description('read the state of CloudTrail and write the inventory only')
    .option('--save-inventory <file>', 'where to write it; .gz is gzipped', 'inventory.json.gz')
    .option('--quiet', 'no progress');
  addSourceOptions(collect);
  collect.action(async (options: unknown) => {
    const { collectCommand } = await import('./commands/collect.js');
    setExitCode(await collectCommand(options, terminal));
  });
}

function addPolicies(program: Command, terminal: Terminal, setExitCode: (code: number) => void): void {
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
      const { policiesCommand } = await import('./commands/policies.js');
      setExitCode(
        await policiesCommand(name, argument === undefined ? undefined : parameters[0], command.opts(), terminal),
      );
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

function addPermissions(program: Command, terminal: Terminal): void {
  program
    .command('permissions')
    .description('the read-only IAM policy that a scan needs, from its one table of calls')
    .option('--caller', 'of the caller in the management account or a delegated administrator, instead of the role')
    .option('--role-name <name>', 'the role that is assumed in each account', 'TrailproofAudit')
    .option('--partition <partition>', 'aws, aws-cn, aws-us-gov …', 'aws')
    .action(async (options: unknown) => {
      const { permissionsCommand } = await import('./commands/permissions.js');
      permissionsCommand(options, terminal);
    });
}

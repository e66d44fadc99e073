import { Command, CommanderError } from 'commander';
import { declareActivity } from './commands/activity/declare.js';
import { declareCollect } from './commands/collect/declare.js';
import { declareDiff } from './commands/diff/declare.js';
import { declareDoctor } from './commands/doctor/declare.js';
import { declareExplain } from './commands/explain/declare.js';
import { declareFix } from './commands/fix/declare.js';
import { declareHistory } from './commands/history/declare.js';
import { declareLsp } from './commands/lsp/declare.js';
import { declareMerge } from './commands/merge/declare.js';
import { declarePermissions } from './commands/permissions/declare.js';
import { declarePolicies } from './commands/policies/declare.js';
import { declareScan } from './commands/scan/declare.js';
import { declareVerifyLogs } from './commands/verify-logs/declare.js';
import { refuseEmpty } from './options/index.js';
import { exitCodes } from './process/exit-codes.js';
import type { Terminal } from './process/terminal.js';
import { version } from './process/version.js';
import { writeLines } from './process/write-lines.js';

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
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text) => writeLines(terminal.stderr, errorLines(text)),
    })
    .exitOverride()
    .addHelpText('after', exitCodeHelp);
  program.hook('preAction', (_, command) => refuseEmpty(command));
  for (const declare of declarations) declare(program, { terminal, setExitCode });
  nameHelp(program, program.name());
  return program;
}

/** What is wrong with the flags of a command is answered with the help of that command. */
function nameHelp(command: Command, called: string): void {
  command.showHelpAfterError(`(${called} --help shows the usage)`);
  for (const it of command.commands) nameHelp(it, `${called} ${it.name()}`);
}

/** Commander's message holds what the user typed, and behind it, on a line of its own, the flag or command meant. */
function errorLines(text: string): readonly string[] {
  const [, message = text, hint] = /^([^]*?)\n(?:(\(Did you mean [^\n]*\?\))\n)?$/.exec(text) ?? [];
  return hint === undefined ? [message] : [message, hint];
}

/** Each command in the order of the help. They load what they need when they run. */
const declarations = [
  declareScan,
  declareCollect,
  declareMerge,
  declarePolicies,
  declareExplain,
  declareDiff,
  declareFix,
  declareHistory,
  declareVerifyLogs,
  declareActivity,
  declarePermissions,
  declareDoctor,
  declareLsp,
];

const exitCodeHelp = `
Exit codes:
  0    nothing at or above --fail-on
  1    findings
  2    usage or policy error, or nothing could be read
  3    incomplete: an account or a deciding value could not be read
  70   a bug in Trailproof
  130  interrupted

trailproof scan --sample shows a whole result without AWS.`;

import { readFileSync } from 'node:fs';
import { exitCodes, printError, run, type Terminal } from '../cli/index.js';
import { prose } from '../text/printable.js';
import { UsageError } from '../model/errors.js';
import type { Results } from '../model/results.js';
import { annotationsOf } from './annotations.js';
import type { Earlier } from './earlier/find-earlier.js';
import { earlierRuns } from './earlier/runner.js';
import { readInputs, type Inputs } from './inputs.js';
import { isError, outputsOf, outputsOfFailure } from './outputs.js';
import { stepSummary } from './summary.js';
import { uploadOf } from './upload.js';
import { withoutCommands } from './without-commands.js';
import { watchFolder, type WrittenFiles } from './written-files.js';

/** The part of the Actions toolkit that is used. */
export interface Toolkit {
  getInput(name: string): string;
  setOutput(name: string, value: string): void;
  setSecret(secret: string): void;
  error(message: string, properties: { readonly title: string }): void;
  warning(message: string, properties: { readonly title: string }): void;
  setFailed(message: string): void;
  readonly summary: { addRaw(text: string): { write(): Promise<unknown> } };
}

/** How the command line ended. */
interface Ended {
  readonly exitCode: number;
  /** What the user did wrong. */
  readonly message?: string;
}

/**
 * Runs the scan that the inputs say, and tells the runner: outputs, annotations, the summary of the step.
 *
 * @returns the exit code, which is that of the command line.
 */
export async function runAction(toolkit: Toolkit, terminal: Terminal): Promise<number> {
  const input = (name: string): string => toolkit.getInput(name);
  for (const secret of ['external-id', 'github-token'].map(input)) if (secret !== '') toolkit.setSecret(secret);
  const log = (text: string): boolean => terminal.stdout.write(text);
  const where = { token: input('github-token'), artifact: input('previous-artifact') || 'cloudtrail-compliance' };
  const earlier = earlierRuns(terminal.environment, where, terminal.signal, log);
  let inputs: Inputs;
  try {
    inputs = readInputs(input, earlier !== undefined);
  } catch (error) {
    return fail(toolkit, exitCodes.usage, error instanceof Error ? error.message : String(error));
  }
  const around: Terminal = {
    ...terminal,
    stderr: terminal.stdout,
    ...(earlier === undefined ? {} : { findPrevious: earlier.find }),
  };
  const files = watchFolder(inputs.output);
  const { exitCode, message } = await withoutCommands(log, async () => await end(inputs, around));
  const json = inputs.isShard || inputs.isPlan ? undefined : files.file('json');
  if (json !== undefined)
    await tell(toolkit, json, { files, exitCode, isWanted: inputs.isForUpload }, earlier?.found());
  if (isError(exitCode)) {
    const failure = message ?? 'The run did not finish; the log says why.';
    if (json === undefined) return fail(toolkit, exitCode, failure);
    // What it wrote before is told above.
    toolkit.setFailed(prose(failure));
  } else if (inputs.isPlan) {
    toolkit.setOutput('status', 'plan');
    toolkit.setOutput('sarif-uploadable', 'false');
  } else if (inputs.isShard) {
    toolkit.setOutput('status', exitCode === exitCodes.ok ? 'shard' : 'incomplete');
    toolkit.setOutput('sarif-uploadable', 'false');
  }
  return exitCode;
}

async function end({ args }: Inputs, terminal: Terminal): Promise<Ended> {
  try {
    return { exitCode: await run(['node', 'trailproof', ...args], terminal) };
  } catch (error) {
    const isDebugging =
      terminal.environment['TRAILPROOF_DEBUG'] !== undefined || terminal.environment['RUNNER_DEBUG'] === '1';
    const exitCode = printError(error, (text) => terminal.stdout.write(text), isDebugging);
    return error instanceof UsageError ? { exitCode, message: error.message } : { exitCode };
  }
}

function fail(toolkit: Toolkit, exitCode: number, message: string): number {
  for (const [name, value] of Object.entries(outputsOfFailure)) toolkit.setOutput(name, value);
  toolkit.setFailed(prose(message));
  return exitCode;
}

async function tell(
  toolkit: Toolkit,
  json: string,
  ended: { readonly files: WrittenFiles; readonly exitCode: number; readonly isWanted: boolean },
  earlier: Earlier | undefined,
): Promise<void> {
  const { files, exitCode, isWanted } = ended;
  // The command line has just written it.
  const results = JSON.parse(readFileSync(json, 'utf8')) as Results;
  const hasSarif = files.file('sarif') !== undefined;
  const upload = uploadOf(results, { hasSarif, isWanted, hasFailed: isError(exitCode) }, earlier);
  const outputs = outputsOf(results, files, exitCode, upload);
  for (const [name, value] of Object.entries(outputs)) toolkit.setOutput(name, value);
  for (const { level, title, message } of annotationsOf(results, upload)) toolkit[level](message, { title });
  const markdown = files.file('markdown');
  if (markdown !== undefined) {
    await toolkit.summary.addRaw(stepSummary(readFileSync(markdown, 'utf8'), results, upload)).write();
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../cli/exit-codes.js';
import { printError } from '../cli/print-error.js';
import { run } from '../cli/program.js';
import type { Terminal } from '../cli/terminal.js';
import type { Results } from '../model/results.js';
import { annotationsOf } from './annotations.js';
import { readInputs, type Inputs } from './inputs.js';
import { outputsOf, outputsOfFailure } from './outputs.js';
import { stepSummary } from './summary.js';

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

/**
 * Runs the scan that the inputs say, and tells the runner: outputs, annotations, the summary of the step.
 *
 * @returns the exit code, which is that of the command line.
 */
export async function runAction(toolkit: Toolkit, terminal: Terminal): Promise<number> {
  const externalId = toolkit.getInput('external-id');
  if (externalId !== '') toolkit.setSecret(externalId);
  const write = (text: string): boolean => terminal.stderr.write(text);
  let inputs: Inputs;
  try {
    inputs = readInputs((name) => toolkit.getInput(name));
  } catch (error) {
    return fail(toolkit, exitCodes.usage, error instanceof Error ? error.message : String(error));
  }
  let exitCode: number;
  try {
    exitCode = await run(['node', 'trailproof', ...inputs.args], terminal);
  } catch (error) {
    exitCode = printError(error, write, terminal.environment['TRAILPROOF_DEBUG'] !== undefined);
  }
  if (exitCode !== exitCodes.ok && exitCode !== exitCodes.findings && exitCode !== exitCodes.incomplete) {
    return fail(toolkit, exitCode, 'Nothing was evaluated; the log says why.');
  }
  if (inputs.isPlan) {
    toolkit.setOutput('status', 'plan');
    toolkit.setOutput('sarif-uploadable', 'false');
  } else if (inputs.isShard) {
    toolkit.setOutput('status', exitCode === exitCodes.ok ? 'shard' : 'incomplete');
    toolkit.setOutput('sarif-uploadable', 'false');
  } else {
    await tell(toolkit, inputs, exitCode);
  }
  return exitCode;
}

function fail(toolkit: Toolkit, exitCode: number, message: string): number {
  for (const [name, value] of Object.entries(outputsOfFailure)) toolkit.setOutput(name, value);
  toolkit.setFailed(message);
  return exitCode;
}

async function tell(toolkit: Toolkit, { output, formats }: Inputs, exitCode: number): Promise<void> {
  const file = join(output, 'results.json');
  // The command line has just written it.
  const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
  for (const [name, value] of Object.entries(outputsOf(results, output, formats, exitCode)))
    toolkit.setOutput(name, value);
  for (const { level, title, message } of annotationsOf(results)) toolkit[level](message, { title });
  if (formats.includes('markdown')) {
    await toolkit.summary.addRaw(stepSummary(readFileSync(join(output, 'report.md'), 'utf8'), file)).write();
  }
}

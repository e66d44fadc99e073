import type { Readable } from 'node:stream';
import { readPackageJson } from '../../../package-file.js';
import { fileDiagnoser, readViewSchema, serveEditor } from '../../../authoring/index.js';
import { viewFunctions } from '../../../view/index.js';
import { preparedPolicies, shippedPolicies } from '../../policies/load-policies.js';
import { exitCodes } from '../../process/exit-codes.js';
import type { Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';

/**
 * `trailproof lsp`: serves an editor over stdin and stdout until it says `exit` or hangs up.
 *
 * @returns the exit code that the protocol wants
 */
export async function lspCommand(input: Readable, { stdout, signal }: Terminal): Promise<number> {
  const viewSchema = readPackageJson('schema/view.v1.json');
  const prepared = preparedPolicies();
  const interrupted = new Promise<number>((resolve) => {
    signal.addEventListener('abort', () => resolve(exitCodes.interrupted), { once: true });
  });
  const served = serveEditor({
    input,
    output: stdout,
    version: version(),
    language: { view: readViewSchema(viewSchema), functions: viewFunctions },
    diagnoser: (openText) =>
      fileDiagnoser({ builtin: shippedPolicies, functions: viewFunctions, viewSchema, prepared, openText }),
  });
  return await Promise.race([served, interrupted]).finally(() => input.destroy());
}

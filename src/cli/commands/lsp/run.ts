import type { Readable } from 'node:stream';
import { packageFile, readPackageJson } from '../../../package-file.js';
import {
  fileDiagnoser,
  readViewSchema,
  frame,
  MessageReader,
  exitWithoutShutdown,
  LanguageServer,
  type TextDocument,
} from '../../../authoring/index.js';
import { viewFunctions } from '../../../view/index.js';
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
  const documents = new Map<string, TextDocument>();
  return await new Promise<number>((resolve, reject) => {
    const server = new LanguageServer({
      version: version(),
      language: { view: readViewSchema(viewSchema), functions: viewFunctions },
      documents,
      diagnose: fileDiagnoser({
        builtin: packageFile('policies'),
        functions: viewFunctions,
        viewSchema,
        openText: (file) => documents.get(file)?.text,
      }),
      send: (message) => stdout.write(frame(message)),
      onError: reject,
    });
    const reader = new MessageReader();
    input.on('data', (chunk: Buffer) => {
      try {
        for (const text of reader.push(chunk)) server.receive(text);
      } catch (error) {
        reject(error instanceof Error ? error : new Error('the language server failed', { cause: error }));
      }
      if (server.exitCode !== undefined) resolve(server.exitCode);
    });
    // An editor that hangs up without `exit` is an error to the protocol.
    input.on('end', () => resolve(exitWithoutShutdown));
    input.on('error', reject);
    signal.addEventListener('abort', () => resolve(exitCodes.interrupted), { once: true });
  }).finally(() => input.destroy());
}

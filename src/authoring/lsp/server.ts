import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  ErrorCodes,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type ResponseMessage,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { UsageError } from '../../model/errors.js';
import { isObject } from '../../model/is-object.js';
import type { Diagnostic } from '../../policy/index.js';
import type { DiagnoseFile, Language } from '../editor/index.js';
import { actionsIn, formattingOf, type OpenFile } from './actions.js';
import { fileOf, isChange, isRange, makesFiles, positionOf } from './params.js';
import { completionsAt, definitionAt, filesTouchedBy, hoverAt, toLsp } from './answers.js';
import { Session } from './session.js';

export interface ServerOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly version: string;
  readonly language: Language;
  /** @param openText the text of a file that is open in the editor */
  readonly diagnoser: (openText: (file: string) => string | undefined) => DiagnoseFile;
}

/** The exit code that the protocol has for an editor that goes without `shutdown`. */
const exitWithoutShutdown = 1;

/** While someone types, files are checked when they pause this long. */
const pause = 100;

/**
 * Serves an editor over the Language Server Protocol until it says `exit` or hangs up. Texts of open files are kept
 * whole; nothing is written anywhere.
 *
 * @returns the exit code that the protocol wants
 * @throws UsageError when what comes in is no such protocol
 */
export async function serveEditor(options: ServerOptions): Promise<number> {
  const { input, output } = options;
  const messages = new PassThrough();
  const writer = new StreamMessageWriter(output);
  const connection = createProtocolConnection(new StreamMessageReader(messages), writer);
  const session = new Session();
  return await new Promise<number>((resolve, reject) => {
    let hasBegun = false;
    input.on('data', (chunk: Buffer) => {
      // A person at a terminal types no header: the first line shows it.
      if (!hasBegun && !/^[\w-]+:/.test(chunk.toString('latin1')) && chunk.includes('\n')) reject(noProtocol());
      hasBegun = true;
      messages.write(chunk);
    });
    // An editor that hangs up without `exit` is an error to the protocol.
    input.on('end', () => resolve(exitWithoutShutdown));
    input.on('error', reject);
    connection.onError(([error, sent]) => {
      // What could not be written is known from the stream itself.
      if (sent !== undefined) return;
      if (error instanceof SyntaxError) writer.write(noJson(error)).catch(reject);
      else reject(brokenHeader(error));
    });
    connection.onNotification('exit', () => resolve(session.isOver ? 0 : exitWithoutShutdown));
    connection.onRequest('shutdown', () => session.end());
    answerQuestions(connection, options, { session, files: new OpenFiles(connection, options, reject) });
    connection.listen();
  }).finally(() => {
    connection.dispose();
    input.destroy();
  });
}

function noProtocol(): UsageError {
  return new UsageError(
    'What came on stdin is not the Language Server Protocol.',
    'trailproof lsp is started by an editor: see docs/editors.md.',
  );
}

/** Where a message ends is known: what follows it can be read. */
function noJson({ message }: Error): ResponseMessage {
  return { jsonrpc: '2.0', id: null, error: { code: ErrorCodes.ParseError, message: `this is not JSON: ${message}` } };
}

/** Where the next message begins is not known any more. */
function brokenHeader(cause: Error): UsageError {
  const [what = ''] = cause.message.split('\n');
  return new UsageError(
    `What came on stdin is no longer the Language Server Protocol: ${what}`,
    'This is a fault of the editor, or of what stands between: restart the server.',
    { cause },
  );
}

/** The files that are open, and what is wrong in them. */
class OpenFiles {
  private readonly documents = new Map<string, TextDocument>();
  private readonly waiting = new Set<string>();
  private readonly diagnose: DiagnoseFile;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: ProtocolConnection,
    { diagnoser }: ServerOptions,
    private readonly onError: (error: unknown) => void,
  ) {
    this.diagnose = diagnoser((file) => this.documents.get(file)?.getText());
    connection.onDispose(() => clearTimeout(this.timer));
  }

  get(file: string): TextDocument | undefined {
    return this.documents.get(file);
  }

  open(file: string, text: unknown): void {
    if (typeof text !== 'string') return;
    this.documents.set(file, TextDocument.create(pathToFileURL(file).href, 'yaml', 1, text));
    this.checkSoon(file);
  }

  change(file: string, changes: unknown): void {
    const document = this.documents.get(file);
    if (document === undefined || !Array.isArray(changes) || !changes.every(isChange)) return;
    this.documents.set(file, TextDocument.update(document, changes, document.version + 1));
    this.checkSoon(file);
  }

  close(file: string): void {
    this.documents.delete(file);
    this.publish(file, []);
  }

  checkSoon(file: string): void {
    const text = this.documents.get(file)?.getText() ?? '';
    for (const touched of filesTouchedBy(file, text)) this.waiting.add(touched);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), pause);
  }

  /** What is wrong in a file, now. */
  problemsOf(file: string): readonly Diagnostic[] {
    return this.diagnose(file) ?? [];
  }

  private check(): void {
    try {
      const files = [...this.waiting].filter((file) => this.documents.has(file));
      this.waiting.clear();
      for (const file of files) this.publish(file, this.problemsOf(file).map(toLsp));
    } catch (error) {
      this.onError(error);
    }
  }

  private publish(file: string, diagnostics: readonly unknown[]): void {
    const params = { uri: pathToFileURL(file).href, diagnostics };
    this.connection.sendNotification('textDocument/publishDiagnostics', params).catch(this.onError);
  }
}

type Question = (file: string, document: TextDocument, position: Position, language: Language) => unknown;

const questions: Readonly<Record<string, Question>> = {
  'textDocument/completion': (_, document, position, language) => completionsAt(document, position, language),
  'textDocument/hover': (_, document, position, language) => hoverAt(document, position, language),
  'textDocument/definition': definitionAt,
};

function answerQuestions(
  connection: ProtocolConnection,
  { language, version }: ServerOptions,
  { session, files }: { readonly session: Session; readonly files: OpenFiles },
): void {
  let canCreate = false;
  connection.onRequest('initialize', (params: unknown) =>
    session.begin(() => {
      canCreate = makesFiles(params);
      return capabilities(version);
    }),
  );
  const openFile = (params: unknown): OpenFile | undefined => {
    const file = fileOf(params);
    const document = file === undefined ? undefined : files.get(file);
    return file === undefined || document === undefined ? undefined : { file, document, language };
  };
  const on = (method: string, answer: (params: unknown) => unknown): void => {
    connection.onRequest(method, (params: unknown) => session.answer(() => answer(params)));
  };
  on('textDocument/formatting', (params) => {
    const open = openFile(params);
    return open === undefined ? null : formattingOf(open);
  });
  on('textDocument/codeAction', (params) => {
    const open = openFile(params);
    const range = isObject(params) ? params['range'] : undefined;
    if (!isRange(range)) return new ResponseError(ErrorCodes.InvalidParams, 'a document and a range are needed');
    return open === undefined ? null : actionsIn(open, range, { diagnostics: files.problemsOf(open.file), canCreate });
  });
  for (const [method, question] of Object.entries(questions)) {
    on(method, (params) => {
      const position = positionOf(params);
      if (position === undefined) {
        return new ResponseError(ErrorCodes.InvalidParams, 'a document and a position are needed');
      }
      const open = openFile(params);
      return open === undefined ? null : (question(open.file, open.document, position, language) ?? null);
    });
  }
  const about = (method: string, take: (file: string, params: Record<string, unknown>) => void): void => {
    connection.onNotification(method, (params: unknown) => {
      const file = fileOf(params);
      if (session.isOpen && file !== undefined && isObject(params)) take(file, params);
    });
  };
  about('textDocument/didOpen', (file, { textDocument }) =>
    files.open(file, isObject(textDocument) ? textDocument['text'] : undefined),
  );
  about('textDocument/didChange', (file, { contentChanges }) => files.change(file, contentChanges));
  about('textDocument/didSave', (file) => files.checkSoon(file));
  about('textDocument/didClose', (file) => files.close(file));
}

function capabilities(version: string): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      completionProvider: { triggerCharacters: ['.', '?', "'", '"'] },
      hoverProvider: true,
      definitionProvider: true,
      documentFormattingProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'] },
    },
    serverInfo: { name: 'trailproof', version },
  };
}

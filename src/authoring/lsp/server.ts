import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DiagnoseFile, Language } from '../editor/index.js';
import { completionsAt, definitionAt, filesTouchedBy, hoverAt, toLsp } from './answers.js';
import { errorCodes, type Message, type Params, type Position } from './protocol.js';
import { TextDocument } from './text-document.js';

export interface ServerOptions {
  readonly version: string;
  readonly language: Language;
  readonly documents: Map<string, TextDocument>;
  readonly diagnose: DiagnoseFile;
  readonly send: (message: unknown) => void;
  /** Told of what goes wrong outside of `receive`. */
  readonly onError: (error: unknown) => void;
}

/** The exit code that the protocol has for an editor that goes without `shutdown`. */
export const exitWithoutShutdown = 1;

/** While someone types, files are checked when they pause this long. */
const pause = 100;

/** Answers an editor. Texts of open files are kept whole; nothing is written anywhere. */
export class LanguageServer {
  /** Set by `exit`: 0 after `shutdown`, as the protocol has it. */
  exitCode: number | undefined;
  private isShuttingDown = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<string>();

  constructor(private readonly options: ServerOptions) {}

  /** Takes one message; what it asks is answered through `send`. */
  receive(text: string): void {
    const message = readMessage(text);
    if (message === undefined) {
      this.fail(null, errorCodes.parse, 'the message is not JSON-RPC');
      return;
    }
    const { id, method, params } = message;
    if (id === undefined) this.notice(method, params);
    else this.answer(id, method, params);
  }

  private notice(method: string, params: Params): void {
    if (method === 'exit') {
      this.exitCode = this.isShuttingDown ? 0 : exitWithoutShutdown;
      clearTimeout(this.timer);
      return;
    }
    const file = fileOf(params);
    if (file === undefined) return;
    if (method === 'textDocument/didOpen') this.keep(file, params.textDocument?.text);
    else if (method === 'textDocument/didChange') this.keep(file, changedText(params));
    else if (method === 'textDocument/didSave') this.checkSoon(file);
    else if (method === 'textDocument/didClose') {
      this.options.documents.delete(file);
      this.publish(file, []);
    }
  }

  private answer(id: Message['id'], method: string, params: Params): void {
    if (method === 'initialize') this.reply(id, this.capabilities());
    else if (method === 'shutdown') {
      this.isShuttingDown = true;
      this.reply(id, null);
    } else if (Object.hasOwn(questions, method)) this.answerOfPlace(id, questions[method], params);
    else this.fail(id, errorCodes.unknownMethod, `there is no method '${method}' here`);
  }

  private answerOfPlace(id: Message['id'], question: Question | undefined, params: Params): void {
    const file = fileOf(params);
    const position = positionOf(params);
    if (question === undefined || position === undefined) {
      this.fail(id, errorCodes.invalidParams, 'a document and a position are needed');
      return;
    }
    const document = file === undefined ? undefined : this.options.documents.get(file);
    const answer =
      file === undefined || document === undefined
        ? undefined
        : question(file, document, position, this.options.language);
    this.reply(id, answer ?? null);
  }

  private capabilities(): unknown {
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: 1, save: true },
        completionProvider: { triggerCharacters: ['.', '?', "'", '"'] },
        hoverProvider: true,
        definitionProvider: true,
      },
      serverInfo: { name: 'trailproof', version: this.options.version },
    };
  }

  private keep(file: string, text: unknown): void {
    if (typeof text !== 'string') return;
    this.options.documents.set(file, new TextDocument(text));
    this.checkSoon(file);
  }

  private checkSoon(file: string): void {
    const text = this.options.documents.get(file)?.text ?? '';
    for (const touched of filesTouchedBy(file, text)) this.waiting.add(touched);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), pause);
  }

  private check(): void {
    try {
      this.checkWaiting();
    } catch (error) {
      this.options.onError(error);
    }
  }

  private checkWaiting(): void {
    const files = [...this.waiting].filter((file) => this.options.documents.has(file));
    this.waiting.clear();
    for (const file of files) this.publish(file, (this.options.diagnose(file) ?? []).map(toLsp));
  }

  private publish(file: string, diagnostics: readonly unknown[]): void {
    const params = { uri: pathToFileURL(file).href, diagnostics };
    this.options.send({ jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params });
  }

  private reply(id: Message['id'], result: unknown): void {
    this.options.send({ jsonrpc: '2.0', id, result });
  }

  private fail(id: Message['id'], code: number, message: string): void {
    this.options.send({ jsonrpc: '2.0', id, error: { code, message } });
  }
}

type Question = (file: string, document: TextDocument, position: Position, language: Language) => unknown;

const questions: Readonly<Record<string, Question>> = {
  'textDocument/completion': (_, document, position, language) => completionsAt(document, position, language),
  'textDocument/hover': (_, document, position, language) => hoverAt(document, position, language),
  'textDocument/definition': definitionAt,
};

/** Undefined when it is no message: an array, a number, or no JSON at all. */
function readMessage(text: string): Message | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const id: unknown = Reflect.get(value, 'id');
  const method: unknown = Reflect.get(value, 'method');
  const params: unknown = Reflect.get(value, 'params');
  return {
    ...(typeof id === 'number' || typeof id === 'string' || id === null ? { id } : {}),
    method: typeof method === 'string' ? method : '',
    // Each of its fields is checked where it is used.
    params: typeof params === 'object' && params !== null ? params : {},
  };
}

/** The whole text: the server asked for no less. */
function changedText({ contentChanges }: Params): unknown {
  const last: unknown = Array.isArray(contentChanges) ? contentChanges.at(-1) : undefined;
  return typeof last === 'object' && last !== null ? Reflect.get(last, 'text') : undefined;
}

/** The file that is spoken of; undefined for a text that has none, such as a new one. */
function fileOf({ textDocument }: Params): string | undefined {
  const uri = textDocument?.uri;
  if (typeof uri !== 'string' || !uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch (error) {
    // A file of another machine, or with a slash that is written as %2F: there is no such path here.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function positionOf({ position }: Params): Position | undefined {
  const { line, character } = position ?? {};
  return typeof line === 'number' && typeof character === 'number' ? { line, character } : undefined;
}

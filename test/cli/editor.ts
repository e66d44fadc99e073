import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

interface Answer {
  readonly id?: number | null;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
  readonly params?: { readonly uri: string; readonly diagnostics: readonly EditorDiagnostic[] };
}

interface Place {
  readonly line: number;
  readonly character: number;
}

export interface EditorDiagnostic {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly severity: number;
  readonly code: string;
  readonly message: string;
}

/** An editor that talks to the real process, in a way of its own: not with the server's code. */
export class Editor {
  private readonly answers: Answer[] = [];
  private readonly listeners = new Set<() => void>();
  private buffer = Buffer.alloc(0);
  private lastId = 0;
  readonly ended: Promise<number | null>;
  stderr = '';

  private constructor(private readonly server: ChildProcess) {
    server.stdout?.on('data', (chunk: Buffer) => this.take(chunk));
    server.stderr?.on('data', (chunk: Buffer) => (this.stderr += String(chunk)));
    this.ended = once(server, 'close').then(([code]) => code as number | null);
  }

  /** Starts our server; it is ended behind the test. */
  static start(): Editor {
    const editor = Editor.with(resolve('dist/cli/main.js'), 'lsp', '--stdio');
    onTestFinished(() => editor.end());
    return editor;
  }

  /** Starts any server that is a script of Node. */
  static with(...script: readonly string[]): Editor {
    return new Editor(spawn(process.execPath, script));
  }

  end(): void {
    this.server.kill();
  }

  async initialize(capabilities: object = {}): Promise<unknown> {
    const result = await this.ask('initialize', { processId: process.pid, rootUri: null, capabilities });
    this.tell('initialized', {});
    return result;
  }

  tell(method: string, params: unknown): void {
    this.write({ jsonrpc: '2.0', method, params });
  }

  async ask(method: string, params: unknown): Promise<unknown> {
    const { error, result } = await this.askRaw(method, params);
    if (error !== undefined) throw new Error(`${error.code} ${error.message}`);
    return result;
  }

  async askRaw(method: string, params: unknown): Promise<Answer> {
    this.lastId += 1;
    const id = this.lastId;
    this.write({ jsonrpc: '2.0', id, method, params });
    return await this.next((it) => it.id === id);
  }

  open(file: string, text: string): void {
    this.tell('textDocument/didOpen', {
      textDocument: { uri: pathToFileURL(file).href, languageId: 'yaml', version: 1, text },
    });
  }

  change(file: string, text: string): void {
    this.tell('textDocument/didChange', {
      textDocument: { uri: pathToFileURL(file).href, version: 2 },
      contentChanges: [{ text }],
    });
  }

  /** The next diagnostics of a file. */
  async diagnostics(file: string): Promise<readonly EditorDiagnostic[]> {
    const { href } = pathToFileURL(file);
    const { params } = await this.next((it) => it.params?.uri === href);
    return params?.diagnostics ?? [];
  }

  /** Asks at the `|` of a text, which is opened without it. */
  async askAt(method: string, file: string, marked: string): Promise<unknown> {
    const at = marked.indexOf('|>');
    const before = marked.slice(0, at).split('\n');
    this.open(file, marked.replace('|>', ''));
    return await this.ask(method, {
      textDocument: { uri: pathToFileURL(file).href },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    });
  }

  raw(bytes: string | Buffer): void {
    this.server.stdin?.write(bytes);
  }

  hangUp(): void {
    this.server.stdin?.end();
  }

  private write(message: unknown): void {
    const body = Buffer.from(JSON.stringify(message));
    this.raw(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  async next(fits: (answer: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const index = this.answers.findIndex(fits);
      const [found] = index < 0 ? [] : this.answers.splice(index, 1);
      if (found !== undefined) return found;
      await new Promise<void>((done) => {
        const listener = (): void => {
          this.listeners.delete(listener);
          done();
        };
        this.listeners.add(listener);
      });
    }
  }

  private take(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.buffer.toString('latin1', 0, 60));
      if (header === null) return;
      const end = header[0].length + Number(header[1]);
      if (this.buffer.length < end) return;
      this.answers.push(JSON.parse(this.buffer.toString('utf8', header[0].length, end)) as Answer);
      this.buffer = this.buffer.subarray(end);
      for (const listener of this.listeners) listener();
    }
  }
}

export interface EditorEdit {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly newText: string;
}

/** A text with edits of its parts, which do not overlap. */
export function edited(text: string, edits: readonly EditorEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((it) => it.index + 1)];
  const offset = ({ line, character }: Place): number => (starts[line] ?? text.length) + character;
  let result = text;
  for (const { range, newText } of edits.toSorted((a, b) => offset(b.range.start) - offset(a.range.start))) {
    result = `${result.slice(0, offset(range.start))}${newText}${result.slice(offset(range.end))}`;
  }
  return result;
}

import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Editor, type EditorDiagnostic } from './editor.js';

const require = createRequire(import.meta.url);

/** What an editor shows at a mark. */
export interface Shown {
  /** Line, column and text of each mistake, by place. */
  readonly mistakes: readonly string[];
  /** Label → what is inserted and what is said of it. */
  readonly completions: ReadonlyMap<string, { readonly insert: string; readonly says: string }>;
  readonly hover: string | undefined;
}

interface Item {
  readonly label: string;
  readonly insertText?: string;
  readonly documentation?: string | { readonly value: string };
}

export interface YamlEditor {
  /** Opens a file of a kind (`policy`, `tests`, …) and asks at the `|>` in its text. */
  readonly show: (kind: string, marked: string) => Promise<Shown>;
  readonly end: () => void;
}

/** The server that editors run, which we did not write; it asks nothing of the network here. */
export async function startYamlEditor(): Promise<YamlEditor> {
  const editor = Editor.with(serverScript(), '--stdio');
  const client = { completion: { completionItem: { snippetSupport: true } }, hover: { contentFormat: ['markdown'] } };
  await editor.initialize({ textDocument: client });
  const yaml = { validate: true, hover: true, completion: true };
  const offline = { schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } };
  editor.tell('workspace/didChangeConfiguration', { settings: { yaml: { ...yaml, ...offline }, http: {} } });
  let files = 0;
  return {
    show: async (kind, marked) => {
      files += 1;
      // Nothing is written: the text is the editor's.
      const file = resolve(`unsaved-${files}.yaml`);
      const head = `# yaml-language-server: $schema=${resolve(`schema/${kind}.v1.json`)}\n`;
      return await shownAt(editor, file, head + marked);
    },
    end: () => editor.end(),
  };
}

async function shownAt(editor: Editor, file: string, marked: string): Promise<Shown> {
  const found = (await editor.askAt('textDocument/completion', file, marked)) as { readonly items: readonly Item[] };
  const mistakes = await editor.diagnostics(file);
  const before = marked.slice(0, marked.indexOf('|>')).split('\n');
  const hover = (await editor.ask('textDocument/hover', {
    textDocument: { uri: pathToFileURL(file).href },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  })) as { readonly contents: { readonly value: string } } | null;
  return {
    mistakes: mistakes.toSorted(byPlace).map(({ range: { start }, message }) => {
      // Lines as the text counts them, without the first one, which names the schema.
      return `${start.line}:${start.character + 1} ${message}`;
    }),
    completions: new Map(found.items.map((it) => [it.label, { insert: it.insertText ?? '', says: saidOf(it) }])),
    hover: hover?.contents.value,
  };
}

function byPlace({ range: { start: a } }: EditorDiagnostic, { range: { start: b } }: EditorDiagnostic): number {
  return a.line - b.line || a.character - b.character;
}

function saidOf({ documentation = '' }: Item): string {
  return typeof documentation === 'string' ? documentation : documentation.value;
}

/** It may be installed elsewhere: `TRAILPROOF_YAML_LANGUAGE_SERVER` names its script then. */
function serverScript(): string {
  const given = process.env['TRAILPROOF_YAML_LANGUAGE_SERVER'];
  if (given !== undefined) return resolve(given);
  return join(dirname(require.resolve('yaml-language-server/package.json')), 'bin', 'yaml-language-server');
}

import { visibleJson } from '../text/printable.js';

/** What cannot be derived: whoever runs the steps says it. */
export interface Placeholder {
  /** The name of a shell variable and, in lower case, of one of Terraform: `TOPIC_ARN`. */
  readonly placeholder: string;
  /** In letters, digits, commas, dots and hyphens: the shell prints it. */
  readonly meaning: string;
}

export type Part = string | Placeholder;

/** One word of a command, whole or in parts. */
export type Word = Part | readonly Part[];

/** A command of the AWS CLI, without `aws`. `keeps` names the variable that its output goes to. */
export interface Command {
  readonly words: readonly Word[];
  readonly keeps?: string;
}

/** `TOPIC_ARN_111122223333_EU_WEST_1`: what is another one in each place. */
export function placeholderName(...names: readonly string[]): string {
  return names.map((it) => it.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')).join('_');
}

export function isPlaceholder(part: unknown): part is Placeholder {
  return typeof part === 'object' && part !== null && 'placeholder' in part;
}

/** The parts of a word. */
export function partsOf(word: Word): readonly Part[] {
  return Array.isArray(word) ? (word as readonly Part[]) : [word as Part]; // Array.isArray does not narrow readonly arrays
}

/** A document as one word of JSON, in which placeholders stand for texts. */
export function jsonWord(document: object): readonly Part[] {
  const found = new Map<string, Placeholder>();
  const text = JSON.stringify(document, (_key, value: unknown) => {
    if (!isPlaceholder(value)) return value;
    found.set(value.placeholder, value);
    return `{{${value.placeholder}}}`;
  });
  return visibleJson(text)
    .split(/\{\{([A-Z][A-Z0-9_]*)\}\}/)
    .flatMap((part, index): Part[] => {
      if (index % 2 === 0) return part === '' ? [] : [part];
      return [found.get(part) ?? `{{${part}}}`];
    });
}

/** A word for a shell: literal parts within single quotes, placeholders as variables that must be set. */
export function quoted(word: Word): string {
  const parts = partsOf(word);
  if (parts.length === 0) return "''";
  return parts
    .map((part) => {
      if (isPlaceholder(part)) return `"\${${part.placeholder}:?${part.meaning}}"`;
      return /^[\w@%+=:,./-]+$/.test(part) ? part : singleQuoted(part);
    })
    .join('');
}

/**
 * The runner of a job would obey `##[command]`, and `::command::` where a line begins, in a log that the script is printed
 * to: the shell joins what is parted.
 */
function singleQuoted(text: string): string {
  const calm = text.replaceAll("'", String.raw`'\''`).replaceAll('##[', "#''#[");
  return `'${calm.replaceAll(/^(\s*):(?=:)/gm, "$1:''")}'`;
}

/** The line of a command, continued where it is long. A value that looks like a flag is joined to its own. */
export function commandLine({ words, keeps }: Command): string {
  const groups: string[] = [];
  for (const word of words) {
    const text = quoted(word);
    const [first = ''] = partsOf(word);
    const isFlag = typeof first === 'string' && /^--[a-z]/.test(first) && partsOf(word).length === 1;
    const last = groups.length - 1;
    const before = groups[last];
    if (isFlag || before === undefined) groups.push(text);
    else if (typeof first === 'string' && first.startsWith('-')) groups[last] = `${before}=${text}`;
    else groups[last] = `${before} ${text}`;
  }
  const [head = '', ...flags] = groups;
  const line = `aws ${[head, ...flags].join(' ')}`;
  const whole = line.length <= 110 ? line : [`aws ${head}`, ...flags].join(' \\\n  ');
  return keeps === undefined ? whole : `${keeps}="$(${whole})"`;
}

/** The placeholders of commands, each once, by name. What an earlier command keeps is none. */
export function placeholdersIn(commands: readonly Command[]): readonly Placeholder[] {
  const kept = new Set(commands.flatMap((it) => it.keeps ?? []));
  const all = commands.flatMap((it) => it.words.flatMap((word) => partsOf(word).filter(isPlaceholder)));
  const byName = new Map(all.map((it) => [it.placeholder, it]));
  return [...byName.values()].filter((it) => !kept.has(it.placeholder));
}

/**
 * True for a name, id or ARN as AWS gives them: neither what the AWS CLI would read from a file or fetch, nor what a
 * person could be deceived by.
 */
export function isPlainName(text: string): boolean {
  return /^[\w.+=,@:/#-]{1,2048}$/.test(text) && !/^(?:file|fileb|https?):\/\//i.test(text);
}

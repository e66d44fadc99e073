import { optionRows } from '../cli/index.js';
import { filesOf } from './files-of.js';

const inputs = optionRows.flatMap(({ name, input, reads = false }) =>
  input === undefined ? [] : [{ name, reads, ...input }],
);

/** Every input of the action. */
export const inputNames: readonly string[] = inputs.map((it) => it.name);

export interface Inputs {
  readonly args: readonly string[];
  /** Folder of the reports. */
  readonly output: string;
  /** One shard is read, which judges nothing. */
  readonly isShard: boolean;
  /** Nothing is read: the log says what would be. */
  readonly isPlan: boolean;
  /** A SARIF report is written that may be meant for code scanning. */
  readonly isForUpload: boolean;
}

/**
 * The command line that the inputs of the action say. `json` is always among the formats: the outputs come from it.
 *
 * @param input - gives an input's text, empty where it is not set
 * @param canFind - earlier runs can be looked for; else `previous: auto` is as if it were not set
 * @throws Error for a switch that is neither true nor false, and for `merge` without a file.
 */
export function readInputs(input: (name: string) => string, canFind = false): Inputs {
  const wanted = new Set([...items(input('format') || 'text,json,sarif,markdown'), 'json']);
  // More findings than GitHub takes are no SARIF report: the others are written by then.
  const formats = [...wanted].toSorted((a, b) => Number(a === 'sarif') - Number(b === 'sarif'));
  const shards = filesOf(items(input('merge')));
  if (shards.length === 0 && input('merge') !== '') {
    throw new Error(
      'The input merge names no file: write the inventories of all shards, one a line, or shard-*.json.gz.',
    );
  }
  const isShard = shards.length === 0 && input('shard') !== '';
  const isPlan = shards.length === 0 && isOn('plan', input('plan'));
  const previous = input('previous');
  const isJudged = !isShard && !isPlan;
  const follows = previous !== '' && (previous !== 'auto' || (canFind && isJudged && isForUpload(input, formats)));
  // Of merge: it takes no flag that says what to read: the shards have been read.
  const given = inputs.filter((it) => shards.length === 0 || !it.reads);
  const output = input('output') || 'reports';
  const args = [
    ...given.flatMap(({ name, as }) => flagsOf(name, as, input(name))),
    ...(follows ? [`--previous=${previous}`] : []),
    `--format=${formats.join(',')}`,
  ];
  const command = shards.length > 0 ? ['merge', ...shards] : ['scan'];
  return { args: [...command, ...args], output, isShard, isPlan, isForUpload: isJudged && formats.includes('sarif') };
}

/** The flags that an input becomes. `own` inputs become none here: what they say depends on others. */
function flagsOf(name: string, as: (typeof inputs)[number]['as'], text: string): string[] {
  switch (as) {
    case 'value': {
      return text === '' ? [] : [`--${name}=${text}`];
    }
    case 'items': {
      return items(text).map((value) => `--${name}=${value}`);
    }
    case 'switch': {
      return isOn(name, text) ? [`--${name}`] : [];
    }
    case 'own': {
      return [];
    }
  }
}

/** What is not uploaded closes nothing, so that nobody need know what was before. */
function isForUpload(input: (name: string) => string, formats: readonly string[]): boolean {
  return formats.includes('sarif') && !isOn('sample', input('sample'));
}

function items(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isOn(name: string, text: string): boolean {
  if (text === 'true') return true;
  if (text === 'false' || text === '') return false;
  throw new Error(`The input ${name} is '${text}': write true or false.`);
}

/** How an input becomes flags of the command line: all are named alike. */
const valued = [
  'config',
  'source',
  'aggregator',
  'as-of',
  'shard',
  'resume',
  'role-name',
  'external-id',
  'log-archive-account',
  'region',
  'concurrency',
  'output',
  'fail-on',
  'save-inventory',
  'max-waiver-days',
] as const;
const repeated = ['pack', 'policies', 'waivers', 'account', 'exclude-account', 'ou'] as const;
const switches = ['sample', 'deep', 'allow-incomplete', 'quiet', 'verbose', 'plan'] as const;

/** Flags that say what to read: `merge` takes none of them, as the shards have been read. */
const aboutReading: ReadonlySet<string> = new Set([
  'source',
  'aggregator',
  'as-of',
  'shard',
  'resume',
  'role-name',
  'external-id',
  'log-archive-account',
  'region',
  'concurrency',
  'account',
  'exclude-account',
  'ou',
  'sample',
  'deep',
  'plan',
]);

/** Inputs that are no flags: they say where earlier runs are kept. */
export const ownInputs = ['github-token', 'previous-artifact'] as const;

/** Every input of the action, as action.yml declares them. */
export const inputNames: readonly string[] = [
  ...valued,
  ...repeated,
  ...switches,
  ...ownInputs,
  'format',
  'merge',
  'previous',
];

export interface Inputs {
  readonly args: readonly string[];
  /** Folder of the reports. */
  readonly output: string;
  /** One shard is read, which judges nothing. */
  readonly isShard: boolean;
  /** Nothing is read: the log says what would be. */
  readonly isPlan: boolean;
}

/**
 * The command line that the inputs of the action say. `json` is always among the formats: the outputs come from it.
 *
 * @param input - gives an input's text, empty where it is not set
 * @param canFind - earlier runs can be looked for; else `previous: auto` is as if it were not set
 * @throws Error for a switch that is neither true nor false, and for `merge` without a file.
 */
export function readInputs(input: (name: string) => string, canFind = false): Inputs {
  const given = new Set([...items(input('format') || 'text,json,sarif,markdown'), 'json']);
  // More findings than GitHub takes are no SARIF report: the others are written by then.
  const formats = [...given].toSorted((a, b) => Number(a === 'sarif') - Number(b === 'sarif'));
  const shards = items(input('merge'));
  if (shards.length === 0 && input('merge') !== '') {
    throw new Error('The input merge names no file: write the inventories of all shards, one a line.');
  }
  const isShard = shards.length === 0 && input('shard') !== '';
  const isPlan = shards.length === 0 && isOn('plan', input('plan'));
  const previous = input('previous');
  const isJudged = !isShard && !isPlan;
  const follows = previous !== '' && (previous !== 'auto' || (canFind && isJudged && isForUpload(input, formats)));
  const isGiven = (name: string): boolean => shards.length === 0 || !aboutReading.has(name);
  const output = input('output') || 'reports';
  const args = [
    ...valued.filter((name) => isGiven(name) && input(name) !== '').map((name) => `--${name}=${input(name)}`),
    ...repeated.filter(isGiven).flatMap((name) => items(input(name)).map((value) => `--${name}=${value}`)),
    ...switches.filter((name) => isGiven(name) && isOn(name, input(name))).map((name) => `--${name}`),
    ...(follows ? [`--previous=${previous}`] : []),
    `--format=${formats.join(',')}`,
  ];
  const command = shards.length > 0 ? ['merge', ...shards] : ['scan'];
  return { args: [...command, ...args], output, isShard, isPlan };
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

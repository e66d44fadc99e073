/** How an input becomes flags of the command line: all are named alike. */
const valued = [
  'config',
  'source',
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
  'previous',
] as const;
const repeated = ['pack', 'policies', 'waivers', 'account', 'exclude-account', 'ou'] as const;
const switches = ['sample', 'deep', 'allow-incomplete', 'quiet', 'verbose', 'plan'] as const;

/** Flags that say what to read: `merge` takes none of them, as the shards have been read. */
const aboutReading: ReadonlySet<string> = new Set([
  'source',
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

/** Every input of the action, as action.yml declares them. */
export const inputNames: readonly string[] = [...valued, ...repeated, ...switches, 'format', 'merge'];

export interface Inputs {
  readonly args: readonly string[];
  /** Folder of the reports. */
  readonly output: string;
  readonly formats: readonly string[];
  /** One shard is read, which judges nothing. */
  readonly isShard: boolean;
  /** Nothing is read: the log says what would be. */
  readonly isPlan: boolean;
}

/**
 * The command line that the inputs of the action say. `json` is always among the formats: the outputs come from it.
 *
 * @param input - gives an input's text, empty where it is not set
 * @throws Error for a switch that is neither true nor false.
 */
export function readInputs(input: (name: string) => string): Inputs {
  const formats = [...new Set([...items(input('format') || 'text,json,sarif,markdown'), 'json'])];
  const shards = items(input('merge'));
  const isGiven = (name: string): boolean => shards.length === 0 || !aboutReading.has(name);
  const output = input('output') || 'reports';
  const args = [
    ...valued.filter((name) => isGiven(name) && input(name) !== '').map((name) => `--${name}=${input(name)}`),
    ...repeated.filter(isGiven).flatMap((name) => items(input(name)).map((value) => `--${name}=${value}`)),
    ...switches.filter((name) => isGiven(name) && isOn(name, input(name))).map((name) => `--${name}`),
    `--format=${formats.join(',')}`,
  ];
  const command = shards.length > 0 ? ['merge', ...shards] : ['scan'];
  return {
    args: [...command, ...args],
    output,
    formats,
    isShard: shards.length === 0 && input('shard') !== '',
    isPlan: shards.length === 0 && isOn('plan', input('plan')),
  };
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

/** How an input becomes flags of the command line: all are named alike. */
const valued = [
  'source',
  'role-name',
  'external-id',
  'log-archive-account',
  'region',
  'concurrency',
  'output',
  'fail-on',
  'save-inventory',
] as const;
const repeated = ['pack', 'policies', 'waivers', 'account', 'exclude-account', 'ou'] as const;
const switches = ['sample', 'deep', 'allow-incomplete', 'quiet', 'verbose'] as const;

/** Every input of the action, as action.yml declares them. */
export const inputNames: readonly string[] = [...valued, ...repeated, ...switches, 'format'];

export interface Inputs {
  readonly args: readonly string[];
  /** Folder of the reports. */
  readonly output: string;
  readonly formats: readonly string[];
}

/**
 * The command line that the inputs of the action say. `json` is always among the formats: the outputs come from it.
 *
 * @param input - gives an input's text, empty where it is not set
 * @throws Error for a switch that is neither true nor false.
 */
export function readInputs(input: (name: string) => string): Inputs {
  const formats = [...new Set([...items(input('format') || 'text,json,sarif,markdown'), 'json'])];
  const args = [
    ...valued.flatMap((name) => (input(name) === '' ? [] : [`--${name}=${input(name)}`])),
    ...repeated.flatMap((name) => items(input(name)).map((value) => `--${name}=${value}`)),
    ...switches.flatMap((name) => (isOn(name, input(name)) ? [`--${name}`] : [])),
    `--format=${formats.join(',')}`,
  ];
  return { args: ['scan', ...args], output: input('output') || 'reports', formats };
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

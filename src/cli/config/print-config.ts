import { placeOf, type ConfigFile, type EffectiveValue, type Origin } from './effective-options.js';
import { visible, visibleJson } from '../../text/printable.js';

/**
 * The effective configuration as a `trailproof.yaml` that says the same from the working folder, with the origin of
 * each value behind it.
 */
export function formatConfig(values: readonly EffectiveValue[], file: ConfigFile | undefined): string {
  const rows = values.map(({ key, value, origin }): Row =>
    value === undefined
      ? { text: `# ${key.key}:`, origin: 'not set' }
      : { text: `${key.key}: ${yamlOf(value)}`, origin: describe(origin) },
  );
  const asksPolicies = values.some(({ key }) => key.key === 'packs');
  const params = asksPolicies ? parameterRows(file) : [];
  return layOut([{ text: 'version: 1', origin: '' }, ...rows, ...params]);
}

interface Row {
  readonly text: string;
  readonly origin: string;
}

function parameterRows(file: ConfigFile | undefined): readonly Row[] {
  const params = Object.entries(file?.document.params ?? {});
  if (file === undefined || params.length === 0) return [];
  const rows: Row[] = [{ text: 'params:', origin: '' }];
  for (const [policy, values] of params) {
    rows.push({ text: `  ${yamlOf(policy)}:`, origin: '' });
    for (const [name, value] of Object.entries(values)) {
      const origin = describe(placeOf(file.yaml, ['params', policy, name]));
      rows.push({ text: `    ${yamlOf(name)}: ${yamlOf(value)}`, origin });
    }
  }
  return rows;
}

/** Longer lines push their own origin to the right, and no other's. */
const widest = 50;

function layOut(rows: readonly Row[]): string {
  const width = Math.max(...rows.map((it) => Math.min(it.text.length, widest)));
  return rows
    .map(({ text, origin }) => (origin === '' ? `${text}\n` : `${text.padEnd(width)}  # ${visible(origin)}\n`))
    .join('');
}

function describe(origin: Origin): string {
  switch (origin.kind) {
    case 'flag': {
      return origin.flag;
    }
    case 'file': {
      return `${origin.file}:${origin.line}`;
    }
    case 'default': {
      return 'default';
    }
  }
}

const readsAsItself = /^[A-Za-z./][\w./+@-]*$/;
const otherThanText = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A value in YAML's flow style, on one line; what a terminal would obey is escaped as YAML reads it. */
function yamlOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`;
  if (typeof value !== 'string') return JSON.stringify(value);
  if (readsAsItself.test(value) && !otherThanText.test(value)) return value;
  return visibleJson(JSON.stringify(value));
}

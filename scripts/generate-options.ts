// Writes what follows from the table of options: schema/config.v1.json, the inputs of action.yml, and the tables in
// docs/. Part of npm run generate; CI compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { optionRows, type OptionRow } from '../src/cli/options/index.js';

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** What stands between two marks of a file. */
function between(text: string, start: string, end: string, inside: string): string {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from + start.length);
  if (from < 0 || to < 0) throw new Error(`There is no '${start.trim()}' … '${end.trim()}' to fill.`);
  return `${text.slice(0, from + start.length)}${inside}${text.slice(to)}`;
}

const isRecord = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

function configSchema(text: string): string {
  const schema: unknown = JSON.parse(text);
  if (!isRecord(schema) || !isRecord(schema['properties'])) throw new Error('schema/config.v1.json has no properties.');
  const { version, params } = schema['properties'];
  const keys = optionRows.flatMap(({ name, help, config }) =>
    config === undefined
      ? []
      : [[config.name, { ...config.schema, description: `${config.description ?? withoutDefault(help)}: --${name}` }]],
  );
  schema['properties'] = { version, ...Object.fromEntries(keys), params };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function withoutDefault(help: string): string {
  return help.replace(/ \(default: [^)]*\)$/, '');
}

function descriptionOf({ help, input, default: preset }: OptionRow): string {
  if (input?.description !== undefined) return input.description;
  const isSwitch = input?.as === 'switch';
  const items = input?.as === 'items' ? ', one a line or separated by commas' : '';
  const usual = preset === undefined || input?.default !== undefined ? '' : ` (default ${[preset].flat().join(',')})`;
  const text = `${help.replace(/ \(default: ([^)]*)\)$/, ' (default $1)')}${items}${usual}`;
  return isSwitch ? `true: ${text}` : text.charAt(0).toUpperCase() + text.slice(1);
}

function actionInputs(): string {
  return optionRows
    .filter((it) => it.input !== undefined)
    .map((row) => {
      const preset = row.input?.default ?? (row.input?.as === 'switch' ? 'false' : '');
      return `  ${row.name}:\n    description: ${JSON.stringify(descriptionOf(row))}\n    default: ${JSON.stringify(preset)}\n`;
    })
    .join('');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((it) => it.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

const configTable = table(
  ['key', 'flag', ''],
  [
    ...optionRows.flatMap(({ name, help, config }) =>
      config === undefined ? [] : [[`\`${config.name}\``, `\`--${name}\``, config.description ?? withoutDefault(help)]],
    ),
    ['`params`', '', 'policy → parameter → value, over what the packs set'],
  ],
);

const inputTable = table(
  ['input', 'default', ''],
  optionRows.flatMap((row) =>
    row.input === undefined
      ? []
      : [[`\`${row.name}\``, row.input.default === undefined ? '' : `\`${row.input.default}\``, descriptionOf(row)]],
  ),
);

rewrite('schema/config.v1.json', configSchema);
rewrite('action.yml', (text) => between(text, '\ninputs:\n', 'outputs:\n', actionInputs()));
rewrite('docs/configuration.md', (text) => between(text, '<!-- keys -->\n\n', '\n<!-- end -->', configTable));
rewrite('docs/github-action.md', (text) => between(text, '<!-- inputs -->\n\n', '\n<!-- end -->', inputTable));

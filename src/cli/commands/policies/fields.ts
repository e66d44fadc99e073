import { readPackageJson } from '../../../package-file.js';
import { describeFields } from '../../../authoring/index.js';
import type { Terminal } from '../../process/terminal.js';

/** `trailproof policies fields`: what a policy may ask, from the one published schema. */
export function fieldsCommand(path: string, asJson: boolean, terminal: Terminal): void {
  const described = describeFields(readPackageJson('schema/view.v1.json'), path);
  if (asJson) {
    terminal.stdout.write(`${JSON.stringify(described, null, 2)}\n`);
    return;
  }
  const { type, fields } = described;
  const nameWidth = Math.max(...fields.map((it) => it.name.length + 1));
  const typeWidth = Math.min(32, Math.max(...fields.map((it) => it.type.length)));
  terminal.stdout.write(`${type}\n\n`);
  for (const it of fields) {
    const name = `${it.name}${it.isOptional ? '?' : ''}`.padEnd(nameWidth);
    terminal.stdout.write(`  ${name}  ${it.type.padEnd(typeWidth)}  ${it.meaning}\n`);
    const from = it.kind === 'observed' ? it.actions.join(', ') : `${it.kind}: ${it.actions.join(', ')}`;
    terminal.stdout.write(`  ${' '.repeat(nameWidth)}  ${from}; AWS Config: ${it.config}\n`);
  }
  terminal.stdout.write('\n? may be absent: ask has(…) first, or use .?field.orValue(…)\n');
}

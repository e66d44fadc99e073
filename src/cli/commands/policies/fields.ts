import { readPackageJson } from '../../../package-file.js';
import { describeFields } from '../../../authoring/index.js';
import type { Terminal } from '../../process/terminal.js';
import { jsonLines } from '../../../report/index.js';
import { writeLines } from '../../process/write-lines.js';

/** `trailproof policies fields`: what a policy may ask, from the one published schema. */
export function fieldsCommand(path: string, asJson: boolean, terminal: Terminal): void {
  const described = describeFields(readPackageJson('schema/view.v1.json'), path);
  if (asJson) {
    writeLines(terminal.stdout, jsonLines(described));
    return;
  }
  const { type, fields } = described;
  const nameWidth = Math.max(...fields.map((it) => it.name.length + 1));
  const typeWidth = Math.min(32, Math.max(...fields.map((it) => it.type.length)));
  const lines = fields.flatMap((it) => {
    const name = `${it.name}${it.isOptional ? '?' : ''}`.padEnd(nameWidth);
    const from = it.kind === 'observed' ? it.actions.join(', ') : `${it.kind}: ${it.actions.join(', ')}`;
    return [
      `  ${name}  ${it.type.padEnd(typeWidth)}  ${it.meaning}`,
      `  ${' '.repeat(nameWidth)}  ${from}; AWS Config: ${it.config}`,
    ];
  });
  const help = '? may be absent: ask has(…) first, or use .?field.orValue(…)';
  writeLines(terminal.stdout, [type, '', ...lines, '', help]);
}

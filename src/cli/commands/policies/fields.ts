import { readPackageJson } from '../../../package-file.js';
import { eventTypes } from '../../../policy/index.js';
import { describeFields } from '../../../authoring/index.js';
import type { Terminal } from '../../process/terminal.js';
import { jsonLines } from '../../../report/index.js';
import { writeLines } from '../../process/write-lines.js';

/** `event`, `incident`, and the types of their fields. */
function isOfEvents(path: string): boolean {
  const [first = ''] = path.split('.');
  return first === 'event' || first === 'incident' || eventTypes().object(first) !== undefined;
}

/** `trailproof policies fields`: what a policy may ask, from the one published schema. */
export function fieldsCommand(path: string, asJson: boolean, terminal: Terminal): void {
  const schema = readPackageJson(isOfEvents(path) ? 'schema/event.v1.json' : 'schema/view.v1.json');
  const described = describeFields(schema, path);
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
    const what = `  ${name}  ${it.type.padEnd(typeWidth)}  ${it.meaning}`;
    // What a record holds comes from no call.
    if (it.calls.length === 0 && isOfEvents(path)) return [what];
    return [what, `  ${' '.repeat(nameWidth)}  ${from}; AWS Config: ${it.config}`];
  });
  const help = '? may be absent: ask has(…) first, or use .?field.orValue(…)';
  writeLines(terminal.stdout, [type, '', ...lines, '', help]);
}

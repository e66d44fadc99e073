/** A column of a table: its head, and `right` for numbers. */
interface Column {
  readonly head: string;
  readonly align?: 'right';
}

/** A table; cells are Markdown already, of one line each. No rows: no table. */
export function* table(columns: readonly Column[], rows: Iterable<readonly string[]>): Generator<string> {
  let isFirst = true;
  for (const row of rows) {
    if (isFirst) {
      yield `| ${columns.map(({ head }) => head).join(' | ')} |`;
      yield `|${columns.map(({ align }) => (align === 'right' ? '---:' : '---')).join('|')}|`;
      isFirst = false;
    }
    yield `| ${row.join(' | ')} |`;
  }
  if (!isFirst) yield '';
}

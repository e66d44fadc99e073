import type { JsonObject } from '../../../normalize/index.js';
import { BrokenFile, ForeignFile } from './broken-file.js';

/** No cell of an export is longer. */
const longestCell = 64 * 1024 * 1024;

/** Columns of which one at least is in every export of resources. */
const telling = ['resourceId', 'resourceType', 'configurationItemCaptureTime', 'configuration'] as const;

/**
 * The rows of a CSV as the console of AWS Config exports the results of an advanced query: the first line names the
 * properties that were selected, objects are a text of JSON.
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/query-using-sql-editor-console.html, "Export as"
 */
export class CsvReader {
  private header: readonly string[] | undefined;
  private cells: string[] = [];
  private cell = '';
  private inQuotes = false;
  /** A quotation mark within quotation marks: the end of them, or one of two. */
  private sawQuote = false;
  private line = 1;

  /** True once its first line was read, and names properties of resources. */
  get isExport(): boolean {
    return this.header !== undefined;
  }

  /** What its first line names. */
  get columns(): readonly string[] {
    return this.header ?? [];
  }

  /** The rows that this text completes. */
  *push(text: string): Generator<JsonObject, void, undefined> {
    for (const character of text) {
      if (this.inQuotes && !this.sawQuote) {
        if (character === '"') this.sawQuote = true;
        else this.add(character);
      } else if (this.sawQuote && character === '"') {
        this.sawQuote = false;
        this.add(character);
      } else if (character === '"' && this.cell === '') {
        this.inQuotes = true;
      } else {
        yield* this.outside(character);
      }
    }
  }

  /** The last row, where no line break ends it. */
  *end(): Generator<JsonObject, void, undefined> {
    if (this.inQuotes && !this.sawQuote) throw new BrokenFile('is cut off: a quotation mark is not closed');
    if (this.cell !== '' || this.cells.length > 0) yield* this.endRow();
    if (this.header === undefined) throw new BrokenFile('is empty');
  }

  private *outside(character: string): Generator<JsonObject, void, undefined> {
    this.inQuotes = false;
    this.sawQuote = false;
    if (character === ',') {
      this.cells.push(this.cell);
      this.cell = '';
    } else if (character === '\n') {
      yield* this.endRow();
      this.line += 1;
    } else if (character !== '\r') {
      this.add(character);
    }
  }

  private add(character: string): void {
    this.cell += character;
    if (this.cell.length > longestCell) throw new BrokenFile('has a cell of more than 64 MB');
    if (this.header === undefined && this.cell.length > 1000) throw noExport();
  }

  private *endRow(): Generator<JsonObject, void, undefined> {
    const cells = [...this.cells, this.cell];
    this.cells = [];
    this.cell = '';
    if (cells.every((it) => it === '')) return;
    if (this.header === undefined) {
      this.header = cells.map((it) => it.trim());
      if (!telling.some((it) => this.header?.includes(it))) throw noExport();
      return;
    }
    if (cells.length !== this.header.length) {
      throw new BrokenFile(`has ${cells.length} cells instead of ${this.header.length} in line ${this.line}`);
    }
    yield rowOf(this.header, cells);
  }
}

function noExport(): ForeignFile {
  return new ForeignFile('is neither JSON nor a CSV of AWS Config');
}

/** An empty cell is a member that the resource does not have. `configuration.name` is the name within configuration. */
function rowOf(header: readonly string[], cells: readonly string[]): JsonObject {
  const row: Record<string, unknown> = {};
  for (const [index, name] of header.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    const [first = '', ...rest] = name.split('.');
    if (rest.length === 0) row[first] = cell;
    else if (typeof row[first] !== 'string') row[first] = { ...asObject(row[first]), [rest.join('.')]: cell };
  }
  return row;
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

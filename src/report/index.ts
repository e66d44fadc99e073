import { UsageError } from '../model/errors.js';
import type { Results } from '../model/results.js';
import { asff } from './asff/index.js';
import { csv } from './csv/index.js';
import { frameworkCsv } from './framework/csv.js';
import { frameworkJson } from './framework/json.js';
import { frameworkMarkdown } from './framework/markdown.js';
import { frameworkText } from './framework/text.js';
import { html } from './html/index.js';
import { junit } from './junit/index.js';
import { inChunks } from './parts/chunks.js';
import { json } from './json.js';
import { markdown } from './markdown/index.js';
import type { ReportOptions } from './options.js';
import { ocsf } from './ocsf/index.js';
import { oscal } from './oscal/index.js';
import { sarif } from './sarif/index.js';
import { text } from './text/index.js';

export { parseProductArn } from './asff/product-arn.js';
export { explainText, type ExplainedPolicy } from './explain/text.js';
export { explainEventsText } from './explain/event-text.js';
export { leastBytes } from './markdown/short.js';
export { splitResults, type OwnersPart, type SplitBy } from './split.js';
export { scopeNames } from './parts/disabled.js';
export { findingsOf, type Finding } from './parts/findings.js';
export type { ReportOptions } from './options.js';
export { historyHtml } from './history/html.js';
export { historyJson } from './history/json.js';
export { historyMarkdown } from './history/markdown.js';
export { historyText } from './history/text.js';
export { policyIndex } from './policy-pages/index-page.js';
export { policyPage } from './policy-pages/page.js';
export { generatedLine, type PageExample, type PageParameter, type PolicyPage } from './policy-pages/page-data.js';
export { escapedProse } from './markdown/escape.js';
export { groupedNote, sarifWarnings } from './sarif/index.js';
export { categoryOf } from './sarif/category.js';
export { verificationJson } from './verification/json.js';
export { verificationStatement } from './verification/statement.js';
export { verificationHtml } from './verification/html.js';
export { verificationMarkdown } from './verification/markdown.js';
export { verificationText } from './verification/text.js';
export { verdictChanges } from './verdict-changes/compare.js';
export { changesJson } from './verdict-changes/json.js';
export { changesText } from './verdict-changes/text.js';
export { jsonLines } from './parts/json-lines.js';

interface FormatEntry {
  /** Its name in the output folder; none for what goes to the terminal. */
  readonly fileName?: string;
  readonly render: (results: Results, options: ReportOptions) => Iterable<string>;
}

/** Every format that can be written, in the order in which they are. */
const formats = {
  text: { render: text },
  json: { fileName: 'results.json', render: json },
  sarif: { fileName: 'results.sarif', render: sarif },
  markdown: { fileName: 'report.md', render: markdown },
  html: { fileName: 'report.html', render: html },
  junit: { fileName: 'junit.xml', render: junit },
  csv: { fileName: 'findings.csv', render: csv },
  framework: { fileName: 'framework.md', render: frameworkMarkdown },
  'framework-text': { render: frameworkText },
  'framework-json': { fileName: 'framework.json', render: frameworkJson },
  'framework-csv': { fileName: 'framework.csv', render: frameworkCsv },
  ocsf: { fileName: 'ocsf.json', render: ocsf },
  asff: { fileName: 'asff.jsonl', render: asff },
  oscal: { fileName: 'oscal.json', render: oscal },
} as const satisfies Readonly<Record<string, FormatEntry>>;

export type Format = keyof typeof formats;

/** Their names, in that order. */
export const formatNames = Object.keys(formats) as readonly Format[]; // the keys of the table above

/** A format by its name. Throws a UsageError for a name that is unknown. */
export function parseFormat(name: string): Format {
  const format = formatNames.find((it) => it === name);
  if (format !== undefined) return format;
  const help = `Use one or more of ${formatNames.join(', ')}.`;
  throw new UsageError(`There is no format ${JSON.stringify(name)}.`, help);
}

/** The file that a format is written to in the output folder; undefined for what goes to the terminal. */
export function fileNameOf(format: Format): string | undefined {
  const entry: FormatEntry = formats[format];
  return entry.fileName;
}

/**
 * The report in chunks of about 64 KiB characters: a string could not hold the results of every organization.
 * The same results give the same text, whatever the order of their lists. Problems with the results as a whole
 * (too many findings for SARIF: a UsageError) are thrown before the first chunk.
 */
export function render(format: Format, results: Results, options: ReportOptions = {}): Iterable<string> {
  return inChunks(formats[format].render(results, options));
}

/** The runner drops a whole summary that has more than 1,024 KiB. */
const maxBytes = 900_000;

/** The Markdown report for the page of the run, cut before a heading where it is too large. */
export function stepSummary(report: string, jsonFile: string): string {
  if (Buffer.byteLength(report) <= maxBytes) return report;
  const note = `\n\n…\n\nThe report is too large for this page: the rest is in \`${jsonFile}\`.\n`;
  const cut = Buffer.from(report).subarray(0, maxBytes - Buffer.byteLength(note));
  // The last character may be half.
  const text = cut.toString('utf8').replace(/\ufffd+$/, '');
  const heading = text.lastIndexOf('\n#');
  return `${text.slice(0, heading > 0 ? heading : text.lastIndexOf('\n'))}${note}`;
}

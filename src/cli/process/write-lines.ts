import { logText } from '../../text/log-text.js';
import { visible } from '../../text/printable.js';

/**
 * Writes lines, each as one line whatever it holds: names and texts come from AWS and from files, and none of them may
 * drive the terminal or the runner of a job, or begin a line that looks like ours.
 */
export function writeLines(stream: Pick<NodeJS.WritableStream, 'write'>, lines: Iterable<string>): void {
  for (const line of lines) stream.write(logText(`${visible(line)}\n`));
}

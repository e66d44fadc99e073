import { UsageError } from '../../model/errors.js';

/** More than any editor sends: beyond it what comes is no message. */
const longestMessage = 64 * 1024 * 1024;

/** Takes messages out of a stream of bytes, each behind its `Content-Length`. */
export class MessageReader {
  private rest = Buffer.alloc(0);

  /**
   * @returns the texts of the messages that are whole now
   * @throws UsageError when what comes is no such stream: without the length, where the next message begins is not known
   */
  push(chunk: Buffer): readonly string[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const texts: string[] = [];
    for (;;) {
      const text = this.next();
      if (text === undefined) return texts;
      texts.push(text);
    }
  }

  private next(): string | undefined {
    const headerEnd = this.rest.indexOf('\r\n\r\n');
    if (headerEnd < 0) {
      if (this.rest.length > 4096) throw noProtocol();
      // A person at a terminal types no header: the first line shows it.
      if (this.rest.includes('\n') && !/^[\w-]+:/.test(this.rest.toString('latin1'))) throw noProtocol();
      return undefined;
    }
    const length = Number(/^Content-Length: *(\d+) *\r?$/im.exec(this.rest.toString('latin1', 0, headerEnd))?.[1]);
    if (!(length <= longestMessage)) throw noProtocol();
    const start = headerEnd + 4;
    if (this.rest.length < start + length) return undefined;
    const text = this.rest.toString('utf8', start, start + length);
    this.rest = this.rest.subarray(start + length);
    return text;
  }
}

/** A message as it goes over the wire. */
export function frame(message: unknown): string {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function noProtocol(): UsageError {
  return new UsageError(
    'What came on stdin is not the Language Server Protocol.',
    'trailproof lsp is started by an editor: see docs/editors.md.',
  );
}

/** A file that may be AWS Config's, wherever it lies. */
export interface DeliveryFile {
  /** As gaps name it. */
  readonly name: string;
  /** Its bytes from the beginning, each time; an error while they are read has a `code`. */
  bytes(): AsyncIterable<Buffer>;
}

/** Files in their order: of two items of the same moment, the one of the later file counts. */
export interface DeliveryFiles {
  /** As messages name the place. */
  readonly place: string;
  readonly files: readonly DeliveryFile[];
  /** How many may be read at the same time. */
  readonly atOnce: number;
}

/** What reading each file gives, in the order of the files. */
export async function* eachFile<F, T>(
  files: readonly F[],
  atOnce: number,
  read: (file: F) => Promise<T>,
): AsyncGenerator<T, void, undefined> {
  for (let start = 0; start < files.length; start += atOnce) {
    yield* await Promise.all(files.slice(start, start + atOnce).map(read));
  }
}

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

/** What reading each file gives, in the order of the files; so many are read at the same time, and no more. */
export async function* eachFile<F, T>(
  files: readonly F[],
  atOnce: number,
  read: (file: F) => Promise<T>,
): AsyncGenerator<T, void, undefined> {
  const running: Promise<T>[] = [];
  let next = 0;
  const start = (): void => {
    const file = files[next];
    next += 1;
    if (file === undefined) return;
    const reading = read(file);
    // Whoever awaits it in its turn hears of it; until then it is nobody's.
    reading.catch(() => undefined);
    running.push(reading);
  };
  while (next < Math.min(atOnce, files.length)) start();
  for (let first = running.shift(); first !== undefined; first = running.shift()) {
    const result = await first;
    start();
    yield result;
  }
}

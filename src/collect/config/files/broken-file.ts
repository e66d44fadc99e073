/** A file that is not what is looked for, or not whole: what is wrong, and at which byte. */
export class BrokenFile extends Error {
  override readonly name: string = 'BrokenFile';
}

/** A file that is whole, and of something else: it holds nothing of AWS Config. */
export class ForeignFile extends BrokenFile {
  override readonly name = 'ForeignFile';
}

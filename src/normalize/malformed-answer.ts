/** AWS answered, but not in the shape that it documents. Becomes a gap: a missing member is never guessed. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** The value, or a {@link MalformedAnswer} that names the member which is missing. */
export function required<T>(value: T | undefined | null, member: string): T {
  if (value === undefined || value === null) throw new MalformedAnswer(`The answer lacks ${member}.`);
  return value;
}

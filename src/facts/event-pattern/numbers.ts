/** Numbers outside are compared as they are written. */
export const maxNumber = 5e9;

/**
 * What EventBridge compares of a number: six digits behind the point, the rest cut off. Undefined where it compares the
 * text instead.
 */
export function comparable(value: number): number | undefined {
  return Math.abs(value) <= maxNumber ? Math.trunc(1e6 * (maxNumber + value)) : undefined;
}

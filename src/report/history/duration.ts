const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds for people, in the two largest units that are not 0: `92 d`, `3 d 4 h`, `2 h 5 min`, `0 s`. */
export function duration(seconds: number): string {
  let left = seconds;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    // Weeks out of compliance are not told to the minute.
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** A part of the whole in percent: `25.2 %`. What is not all is never written as 100, and what is not nothing never as 0. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  if (part === whole) return '100 %';
  const percent = Math.min(99.9, Math.max(0.1, (part / whole) * 100));
  return `${percent.toFixed(1)} %`;
}

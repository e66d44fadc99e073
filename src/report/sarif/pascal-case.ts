import { shortened } from '../../text/printable.js';

/** `TrailIsLogging` for `trail-is-logging`, no longer than GitHub takes a name. */
export function pascalCase(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter((it) => it !== '');
  return shortened(words.map((it) => it.charAt(0).toUpperCase() + it.slice(1)).join(''), 255);
}

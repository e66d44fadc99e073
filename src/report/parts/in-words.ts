import type { Because } from '../../model/results.js';
import { counted } from '../../text/plural.js';

/**
 * What decided, in words: `bucket.isPublic is true` is "bucket is public: yes", `now - trail.delivery.latest is 624h` is
 * "time since trail delivery latest: 26 days". What is more than a name, its presence, its length or an age is left to
 * results.json, and undefined here. Raw: not yet safe to print.
 */
export function inWords({ expr, value }: Because): string | undefined {
  const [, present] = /^has\((.+)\)$/.exec(expr) ?? [];
  if (present !== undefined && typeof value === 'boolean') {
    const name = nameInWords(present);
    return name === undefined ? undefined : `${name}: ${value ? 'there is one' : 'there is none'}`;
  }
  const [, since] = /^now - (.+)$/.exec(expr) ?? [];
  const [, argument, receiver] = /^(?:size\((.+)\)|(.+)\.size\(\))$/.exec(expr) ?? [];
  const sized = argument ?? receiver;
  const inner = since ?? sized ?? expr;
  const name = nameInWords(inner);
  if (name === undefined) return undefined;
  const [, more] = typeof value === 'string' ? (/^and (\d+) more$/.exec(value) ?? []) : [];
  if (more !== undefined) return `${more} more of ${name}`;
  const label = since === undefined ? (sized === undefined ? name : `number of ${name}`) : `time since ${name}`;
  return `${label}: ${valueInWords(inner, value)}`;
}

/** `bucket.isPublic` as "bucket is public"; undefined for what is no path of names. */
function nameInWords(path: string): string | undefined {
  const [, before, key, after] = /^([\w.]+)\[[\w.]+\[([\w:*.-]+)\]\]\.?([\w.]*)$/.exec(path) ?? [];
  if (before !== undefined && key !== undefined) {
    return [nameInWords(before), 'of', key, after === '' ? undefined : nameInWords(after ?? '')]
      .filter((it) => it !== undefined)
      .join(' ');
  }
  const [, list, index, rest] = /^(.*)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  if (list !== undefined && rest !== undefined) return memberInWords(list, Number(index), rest);
  // What a function was given is said by the policy; its name is enough.
  const plain = path.replaceAll(/\([\w., ]*\)/g, '');
  if (!/^[A-Za-z_][\w.]*$/.test(plain)) return undefined;
  return plain
    .replace(/^params\./, 'parameter ')
    .split('.')
    .filter((it) => it !== '')
    .map((it) => it.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2'))
    .join(' ')
    .replaceAll(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** `losses[0].eventSource` as "event source of the first of losses". */
function memberInWords(list: string, index: number, rest: string): string | undefined {
  const whole = nameInWords(list);
  const field = rest === '' ? '' : nameInWords(rest);
  if (whole === undefined || field === undefined) return undefined;
  const member = ordinals[index] === undefined ? `number ${index + 1}` : `the ${ordinals[index]}`;
  return `${field === '' ? '' : `${field} of `}${member} of ${whole}`;
}

function valueInWords(path: string, value: Because['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return /days$/i.test(path) ? counted(value, 'day') : String(value);
  return durationInWords(value) ?? value;
}

/** A duration of the policy language: `624h`, `90m`, `1h30m`. */
function durationInWords(text: string): string | undefined {
  const [, hours = '0', minutes = '0', seconds = '0'] =
    /^-?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text) ?? [];
  const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  if (total === 0 || !/^-?\d/.test(text)) return undefined;
  const [unit, size] =
    total >= 172_800
      ? ['days', 86_400]
      : total >= 7_200
        ? ['hours', 3_600]
        : total >= 120
          ? ['minutes', 60]
          : ['seconds', 1];
  return `${Math.floor(total / size)} ${unit}`;
}

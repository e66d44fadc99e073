import { RE2JS, RE2JSException } from '@bufbuild/re2';

/**
 * AWS's subset: no groups, no other symbols, ASCII only
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html).
 */
const plain = /[A-Za-z0-9_\-:#=@/;,^$?[\]{}|*+.]/;
/** Counted repeats are written out when compiled, so together they bound the time for each character of the text. */
const maxRepeats = 1000;
const escaped = /[dDsSwWtnrfv^$?[\]{}|\\*+.-]/;

/** Compiles a regular expression of a filter pattern. It runs in linear time, whatever it is. */
export function compileRegex(source: string, fail: (message: string, offset: number) => never): RE2JS {
  const repeats = [...source.matchAll(/\{\d*,?\d*\}/g)].reduce((sum, [all]) => sum + largest(all), 0);
  if (repeats > maxRepeats) fail(`repeats of more than ${maxRepeats} characters together are not evaluated`, 0);
  if (source === '') fail('a regular expression is expected between the % signs', 0);
  try {
    return RE2JS.compile(asRe2(source, fail));
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return fail(`this is not a regular expression: ${error.message}`, 0);
  }
}

function largest(repeat: string): number {
  return Math.max(0, ...(repeat.match(/\d+/g) ?? []).map(Number));
}

/** Checks each character, and writes `{,n}` as RE2 has it. */
function asRe2(source: string, fail: (message: string, offset: number) => never): string {
  let text = '';
  let isInClass = false;
  for (let offset = 0; offset < source.length; offset += 1) {
    const character = source.charAt(offset);
    if (character === '\\') {
      const length =
        escapeLength(source, offset) ?? fail('this escape is not supported in regular expressions', offset);
      text += source.slice(offset, offset + length);
      offset += length - 1;
      continue;
    }
    if (!plain.test(character)) fail(`"${character}" is not supported in regular expressions`, offset);
    if (character === '[') isInClass = true;
    if (character === ']') isInClass = false;
    text += !isInClass && source.startsWith('{,', offset) ? '{0' : character;
  }
  return text;
}

function escapeLength(source: string, offset: number): number | undefined {
  if (/^\\x[0-9A-Fa-f]{2}/.test(source.slice(offset, offset + 4))) return 4;
  return escaped.test(source.charAt(offset + 1)) ? 2 : undefined;
}

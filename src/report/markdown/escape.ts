import { parseArn } from '../../model/identifiers.js';
import { logText } from '../../text/log-text.js';
import { prose, visible } from '../../text/printable.js';

/**
 * Text from data as one line of GitHub-flavored Markdown that reads as it is: no emphasis, link, image, HTML, table
 * cell, list, heading, command of a runner (`::`), formula or mention comes out of it. White space becomes one space.
 */
export function escapedProse(text: string): string {
  return escape(prose(text));
}

/** As {@link escapedProse} for a name, whose line breaks stay visible as `\n`. */
export function escapedName(text: string): string {
  return escape(visible(text));
}

/**
 * An id, ARN or call as a code span when it is made of harmless characters, else as {@link escapedName}: within
 * backticks nothing could be escaped.
 */
export function code(text: string): string {
  return isHarmless(text) ? `\`${text}\`` : escapedName(text);
}

/**
 * A fenced block whose fence is longer than any run of backticks in it; invisible characters are written out, and so is
 * what a runner would obey.
 */
export function fenced(language: string, content: string): string {
  const lines = content
    .trimEnd()
    .split('\n')
    .map((line) => logText(visible(line)));
  const longest = Math.max(0, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

function isHarmless(text: string): boolean {
  if (!/^[A-Za-z0-9][A-Za-z0-9_./:+=,@*-]*$/.test(text)) return false;
  return !(parseArn(text)?.resource ?? text).includes('::');
}

function escape(text: string): string {
  const inline = text
    .replaceAll(/[\\`*_[\]~]/g, (it) => `\\${it}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('|', '&#124;')
    // GitHub finds mentions and e-mail addresses after entities are resolved: the comment keeps the parts apart.
    .replaceAll('@', '&#64;<!-- -->')
    // The same for references to issues. Behind `&` it is one of the entities above.
    .replaceAll(/(?<!&)#/g, '&#35;<!-- -->')
    .replaceAll('$', '&#36;')
    .replaceAll(/:(?=[/:])/g, '&#58;')
    .replaceAll(/\bwww\./gi, (it) => it.replace('.', '&#46;'));
  return inline
    .replace(/^[=+ -]/, (it) => `&#${it.charCodeAt(0)};`)
    .replace(/^(\d+)([.)])(?= |$)/, (_all, number: string, sign: string) => `${number}&#${sign.charCodeAt(0)};`);
}

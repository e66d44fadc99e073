import { createHash } from 'node:crypto';
import { projectUrl } from '../../model/project.js';
import { prose } from '../../text/printable.js';

/** Texts of OSCAL's data types, https://pages.nist.gov/OSCAL/reference/datatypes/ */

/** The namespace of properties that are ours. */
export const namespace = `${projectUrl}/ns/oscal`;

/** A line of CommonMark that reads as the text does: no link, image, HTML, emphasis, heading or list comes out of it. */
export function markup(text: string, otherwise: string): string {
  const line = prose(text)
    .replaceAll(/[\\`*[\]<>&!|~]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/^[#+=-]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])(?= |$)/, String.raw`$1\$2`);
  if (line !== '') return line;
  return prose(otherwise) === '' ? 'unnamed' : otherwise;
}

/** A property of ours; none for a text that is empty. */
export function property(name: string, text: string | undefined): readonly object[] {
  const value = prose(text ?? '');
  return value === '' ? [] : [{ name, ns: namespace, value }];
}

/** Properties as a member: OSCAL has no empty lists. */
export function propertiesOf(...properties: readonly (readonly object[])[]): { readonly props?: readonly object[] } {
  const props = properties.flat();
  return props.length === 0 ? {} : { props };
}

/**
 * A token for an id: a letter or underscore, then letters, digits, `.`, `-` and `_`. Of an id with other characters it has
 * a part of its digest behind it, so that two ids never share one.
 */
export function token(id: string): string {
  if (/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(id)) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `_${id.replaceAll(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 100)}_${digest}`;
}

/**
 * The id of a control. Those of NIST SP 800-53 as NIST's own catalog has them (`au-12`, `au-9.2`); all others behind the
 * id of their framework, since most begin with a digit.
 */
export function controlToken(framework: string, id: string): string {
  const [, family, number, enhancement] = /^([A-Z]{2})-(\d+)(?:\((\d+)\))?$/.exec(id) ?? [];
  if (framework.startsWith('nist-800-53') && family !== undefined && number !== undefined) {
    return `${family.toLowerCase()}-${number}${enhancement === undefined ? '' : `.${enhancement}`}`;
  }
  return token(`${framework}_${id}`);
}

import { visibleJson } from '../text/printable.js';
import { isPlaceholder, type Placeholder } from './command.js';

/** An expression of HCL as it is, such as a reference. */
export interface Raw {
  readonly raw: string;
}

export type HclValue = string | number | boolean | Raw | Placeholder | readonly HclValue[] | HclJson;

/** A document that becomes `jsonencode(…)`. */
export interface HclJson {
  readonly json: object;
}

/** A block: `resource "aws_s3_bucket_versioning" "logs" { … }`. */
export interface HclBlock {
  readonly kind: string;
  readonly labels: readonly string[];
  readonly attributes: Readonly<Record<string, HclValue>>;
  readonly blocks?: readonly HclBlock[];
}

/** A string of HCL: JSON's escapes, and no template in it. */
export function hclString(text: string): string {
  return visibleJson(JSON.stringify(text)).replaceAll('${', '$${').replaceAll('%{', '%%{');
}

/** An identifier of HCL for a name, different for different names. */
export function hclName(...names: readonly string[]): string {
  const text = names
    .join('_')
    .replaceAll(/[^A-Za-z0-9_]/g, (it) => (/[-./:]/.test(it) ? '_' : `x${it.codePointAt(0)?.toString(16) ?? ''}`));
  return /^[A-Za-z_]/.test(text) ? text : `_${text}`;
}

/** The block as `terraform fmt` writes it. */
export function hclBlock(block: HclBlock, indent = ''): string {
  const { kind, labels, attributes, blocks = [] } = block;
  const inner = `${indent}  `;
  const names = Object.keys(attributes);
  const width = Math.max(0, ...names.map((it) => it.length));
  const lines = Object.entries(attributes).map(
    ([name, value]) => `${inner}${name.padEnd(width)} = ${hclValue(value)}\n`,
  );
  const nested = blocks.map((it) => hclBlock(it, inner)).join('');
  const gap = lines.length > 0 && nested !== '' ? '\n' : '';
  return `${indent}${[kind, ...labels.map(hclString)].join(' ')} {\n${lines.join('')}${gap}${nested}${indent}}\n`;
}

function hclValue(value: HclValue): string {
  if (typeof value === 'string') return hclString(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isPlaceholder(value)) return `var.${value.placeholder.toLowerCase()}`;
  if (Array.isArray(value)) return `[${(value as readonly HclValue[]).map(hclValue).join(', ')}]`; // as in command.ts
  if ('raw' in value) return value.raw;
  if ('json' in value) return `jsonencode(${hclJson(value.json)})`;
  throw new Error('A value of HCL is of no kind.');
}

/** A document as an expression of HCL, whose placeholders are variables. */
function hclJson(value: unknown): string {
  if (isPlaceholder(value)) return `var.${value.placeholder.toLowerCase()}`;
  if (typeof value === 'string') return hclString(value);
  if (Array.isArray(value)) return `[${value.map(hclJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${hclString(key)} = ${hclJson(member)}`);
    return `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** The placeholders in a block, also below it. */
export function hclPlaceholders(block: HclBlock): readonly Placeholder[] {
  const found: Placeholder[] = [];
  const look = (value: unknown): void => {
    if (isPlaceholder(value)) found.push(value);
    else if (typeof value === 'object' && value !== null) for (const it of Object.values(value)) look(it);
  };
  look(block.attributes);
  return [...found, ...(block.blocks ?? []).flatMap(hclPlaceholders)];
}

/** A range of addresses, ends included. IPv4 and IPv6 are two number lines. */
export interface IpRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
}

/** Texts that were read last: each address of a question is compared with each range of the document. */
const known = new Map<string, IpRange | undefined>();
const maxKnown = 2000;

/** An address, or a range in CIDR notation; undefined when the text is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  if (known.has(text)) return known.get(text);
  if (known.size >= maxKnown) known.clear();
  const range = parsed(text);
  known.set(text, range);
  return range;
}

function parsed(text: string): IpRange | undefined {
  const [address = '', prefixText, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const value = address.includes(':') ? parseIpv6(address) : parseIpv4(address);
  if (value === undefined) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return undefined;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (value / size) * size;
  return { version: bits === 32 ? 4 : 6, first, last: first + size - 1n, prefix };
}

export function contains(outer: IpRange, inner: IpRange): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = groups(head);
  const right = groups(tail ?? '');
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...left, ...Array.from({ length: missing }, () => 0n), ...right];
  return all.reduce((sum, group) => sum * 65_536n + group, 0n);
}

/** Groups of IPv6, the last two of which may be written like IPv4. */
function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const found: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const low = parseIpv4(part);
      if (low === undefined) return undefined;
      found.push(low / 65_536n, low % 65_536n);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) found.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return found;
}

export function formatIp(version: 4 | 6, value: bigint): string {
  const groupSize = version === 4 ? 256n : 65_536n;
  const parts: string[] = [];
  for (let rest = value; parts.length < (version === 4 ? 4 : 8); rest /= groupSize) {
    parts.unshift((rest % groupSize).toString(version === 4 ? 10 : 16));
  }
  return parts.join(version === 4 ? '.' : ':');
}

const hexOf = (bytes: readonly number[]): string => bytes.map((it) => it.toString(16).padStart(2, '0')).join('');

/** An IP address as hexadecimal digits, so that addresses of one family are ordered as texts; undefined: it is none. */
export function addressOf(text: string): string | undefined {
  const bytes = text.includes(':') ? v6Bytes(text) : v4Bytes(text);
  return bytes === undefined ? undefined : hexOf(bytes);
}

function v4Bytes(text: string): readonly number[] | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((it) => it <= 255) ? bytes : undefined;
}

function v6Bytes(text: string): readonly number[] | undefined {
  if (!/^[0-9a-fA-F:]+$/.test(text)) return undefined;
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  const bytes = groups.flatMap((it) => [Math.floor(it / 256), it % 256]);
  // An IPv4 address in IPv6's clothes is the IPv4 address.
  const isMapped = groups.slice(0, 5).every((it) => it === 0) && groups[5] === 0xffff;
  return isMapped ? bytes.slice(12) : bytes;
}

function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  return groups.every((it) => /^[0-9a-fA-F]{1,4}$/.test(it)) ? groups.map((it) => Number.parseInt(it, 16)) : undefined;
}

/** The lowest and the highest address of a block such as 10.0.0.0/8; undefined: it is none. */
export function blockOf(cidr: string): { readonly low: string; readonly high: string } | undefined {
  const [base = '', length = '', ...more] = cidr.split('/');
  const address = addressOf(base);
  if (address === undefined || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = address.length * 4;
  const fixed = Number(length);
  if (fixed > bits) return undefined;
  const free = (1n << BigInt(bits - fixed)) - 1n;
  const value = BigInt(`0x${address}`);
  const hex = (it: bigint): string => it.toString(16).padStart(address.length, '0');
  return { low: hex(value & ~free), high: hex(value | free) };
}

import { createHash } from 'node:crypto';

/** Of this project, made once at random: all that it names lies below. */
const namespace = Buffer.from('6f1c1d0e3b0e4a5f9a0b2f7f0c5d8e41', 'hex');

/** A version 5 UUID (RFC 9562, 5.5): the same name gives the same one, in every run and on every machine. */
export function uuidOf(...name: readonly string[]): string {
  const digest = createHash('sha1').update(namespace).update(JSON.stringify(name)).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

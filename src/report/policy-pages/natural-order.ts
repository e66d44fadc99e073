import { byText } from '../../text/order.js';

const collator = new Intl.Collator('en', { numeric: true });

/** Order in which `3.9` stands before `3.11`; equal only for equal texts. */
export function naturally(a: string, b: string): number {
  return collator.compare(a, b) || byText(a, b);
}

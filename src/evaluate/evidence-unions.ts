import { isAscending } from '../text/order.js';

/** So many are remembered: those of one target, which is asked by some dozens of policies. */
const remembered = 16;

interface Union {
  readonly lists: readonly (readonly string[])[];
  readonly ids: readonly string[];
}

/**
 * Lists of evidence as one. Many policies read fields of a target that rest on the same lists, each the same object: what
 * they come to together is put together once.
 */
export class EvidenceUnions {
  private readonly last: Union[] = [];
  private next = 0;

  /**
   * Each id once, sorted.
   *
   * @param share gives the list, or another one that is alike
   */
  of(lists: readonly (readonly string[])[], share: (ids: readonly string[]) => readonly string[]): readonly string[] {
    for (const it of this.last) if (isSame(it.lists, lists)) return it.ids;
    const ids = share(unionOf(lists));
    this.last[this.next] = { lists, ids };
    this.next = (this.next + 1) % remembered;
    return ids;
  }
}

function isSame(a: Union['lists'], b: Union['lists']): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

function unionOf(lists: Union['lists']): readonly string[] {
  // Mostly it is one, which is in order.
  const [first = []] = lists;
  if (lists.length < 2 && isAscending(first)) return first;
  const ids = new Set<string>();
  for (const list of lists) for (const id of list) ids.add(id);
  return [...ids].toSorted();
}

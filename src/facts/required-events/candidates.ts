import type { EventValue, Mention, Open } from '../partial-event/index.js';

export interface Candidates {
  /** Values that the field may have; undefined: the event does not have it. */
  readonly candidates: readonly (EventValue | undefined)[];
  /** Whatever else the field may be is answered as one of these. */
  readonly isExhaustive: boolean;
}

/** Stands for all texts that nobody thought of. */
const anotherText = 'some-other-value';

/** What an open field may be, as far as the pattern could tell the difference. */
export function candidatesFor(open: Open, path: readonly string[], mentions: readonly Mention[]): Candidates {
  const absent = open.mayBeAbsent ? [undefined] : [];
  switch (open.of) {
    case 'values':
      return { candidates: [...open.values, ...absent], isExhaustive: true };
    case 'text': {
      const named = mentions.flatMap((it) => it.values).filter((it) => typeof it === 'string');
      const texts = new Set([...open.typical, ...named, anotherText]);
      for (const never of open.never) texts.delete(never);
      const isExhaustive = mentions.every((it) => it.isExhaustive && it.path.length === path.length);
      return { candidates: [...texts, ...absent], isExhaustive };
    }
    case 'anything': {
      const inside = mentions.flatMap((it) => it.values.map((value) => nested(it.path.slice(path.length), value)));
      return { candidates: [...absent, null, ...inside], isExhaustive: false };
    }
  }
}

/** Whether the field may have this value, or be absent. */
export function mayBe(open: Open, value: EventValue | undefined): boolean {
  if (value === undefined) return open.mayBeAbsent;
  switch (open.of) {
    case 'values':
      return open.values.some((it) => it === value);
    case 'text':
      return typeof value === 'string' && !open.never.includes(value);
    case 'anything':
      return true;
  }
}

/** Longer lists than this are not made up. */
const maxIndex = 50;

function nested(path: Mention['path'], value: EventValue): EventValue {
  return path.reduceRight<EventValue>((inner, key) => {
    if (typeof key === 'string') return { [key]: inner };
    return key > maxIndex ? null : [...Array.from({ length: key }, () => null), inner];
  }, value);
}

/** Whether a pattern matches: for sure, surely not, or open because the event leaves open what decides it. */
export type Match = 'yes' | 'no' | 'unknown';

export function negate(it: Match): Match {
  return it === 'unknown' ? it : it === 'yes' ? 'no' : 'yes';
}

/** Kleene's or. */
export function either(all: Iterable<Match>): Match {
  let result: Match = 'no';
  for (const it of all) {
    if (it === 'yes') return it;
    if (it === 'unknown') result = it;
  }
  return result;
}

/** Kleene's and. */
export function both(all: Iterable<Match>): Match {
  let result: Match = 'yes';
  for (const it of all) {
    if (it === 'no') return it;
    if (it === 'unknown') result = it;
  }
  return result;
}

/** What holds whichever of these cases is the true one. */
export function agree(cases: readonly Match[]): Match {
  const [first = 'unknown'] = cases;
  return cases.every((it) => it === first) ? first : 'unknown';
}

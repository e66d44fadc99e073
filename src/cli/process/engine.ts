import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of the young part, in which all is made: with a fourth of it, clearing it takes a tenth of a scan. */
const youngPart = 8 * 2 ** 20;

/** How much of the heap may be in use before it grows as V8 likes, in bytes. */
const largeHeap = 250 * 2 ** 20;

/** How often that is looked at, in milliseconds. */
const rhythm = 100;

/**
 * Lets Node collect garbage before the heap has grown far. As it comes, V8 collects the less often the more is free on the
 * machine, and a scan of an organization takes half as much memory again as it needs. Both settings are looked at with
 * each collection, so that they may be made when Node runs already; a Node that does not know one goes on without it.
 * A heap that is large all the same grows as V8 likes: to collect it in small steps takes twice the processor's time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
  keepYoungPartSmall();
}

/**
 * The same of its young part alone. Buffers are let go when that is collected: the less often, the more of them wait.
 */
export function keepYoungPartSmall(): void {
  fillYoungPart();
  setFlagsFromString('--semi-space-growth-factor=1');
  const watch = setInterval(() => {
    if (getHeapStatistics().used_heap_size < largeHeap) return;
    clearInterval(watch);
    setFlagsFromString('--semi-space-growth-factor=2');
    setFlagsFromString('--heap-growing-percent=0');
  }, rhythm);
  watch.unref();
}

/** So many evaluations take seconds, of which collecting a small young part again and again would be a tenth. */
const manyEvaluations = 500_000;

/**
 * Lets the young part grow before very many evaluations. They are made in one go, in which nobody looks at how large the
 * heap has become.
 *
 * @param atMost so many may be made
 */
export function makeRoomFor(atMost: number, set: (flag: string) => void = setFlagsFromString): void {
  if (atMost >= manyEvaluations) set('--semi-space-growth-factor=2');
}

/** The young part grows only by what stays alive in it, and its first size is set before Node runs: this takes some 10 ms. */
function fillYoungPart(): void {
  let alive: number[][] = [];
  for (let round = 0; round < 300 && sizeOfYoungPart() < youngPart; round += 1) {
    if (round % 100 === 0) alive = [];
    for (let count = 0; count < 200; count += 1) alive.push(Array.from({ length: 64 }, () => 0));
  }
}

function sizeOfYoungPart(): number {
  return getHeapSpaceStatistics().find((it) => it.space_name === 'new_space')?.space_size ?? youngPart;
}

/**
 * Lets V8 optimize a function only when it has run ten times as much as it waits for by itself. A scan, or a reading of log
 * files, lasts seconds: what its functions are compiled into costs more than it gives back. What runs much gets there all
 * the same.
 *
 * @param version of V8, as in `process.versions.v8`: its settings have other names since 13; between, nothing is set
 */
export function optimizeLate(version: string, set: (flag: string) => void = setFlagsFromString): void {
  const major = Number.parseInt(version, 10);
  if (major === 11) set('--interrupt-budget=600000');
  if (major >= 13) set('--invocation-count-for-turbofan=30000');
}

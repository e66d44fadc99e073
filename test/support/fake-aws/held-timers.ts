import { onTestFinished, vi } from 'vitest';
import type { FakeAws } from './start.js';

/** Time passes only when the test says so (`vi.advanceTimersByTime`), while requests and answers go to and fro. */
export function holdTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** Until the fake has so many requests. `vi.waitUntil` would let the held time pass. */
export async function untilCalls(aws: FakeAws, count: number): Promise<void> {
  while (aws.calls().length < count) await new Promise(setImmediate);
}

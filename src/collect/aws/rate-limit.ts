import type { Clock } from './clock.js';
import type { Quota } from './service.js';

/**
 * A token bucket: `take` resolves when a call may be made. Waiters are served in the order of asking, as each
 * takes its token at once and waits until that token is due.
 */
export class RateLimit {
  private tokens: number;
  private updatedAt: number;

  constructor(
    private readonly quota: Quota,
    private readonly clock: Clock,
  ) {
    this.tokens = quota.burst;
    this.updatedAt = clock.now();
  }

  /** Milliseconds that the caller has to wait; its token is taken. */
  reserve(): number {
    const now = this.clock.now();
    const { rate, burst } = this.quota;
    this.tokens = Math.min(burst, this.tokens + ((now - this.updatedAt) / 1000) * rate) - 1;
    this.updatedAt = now;
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens / rate) * 1000);
  }
}

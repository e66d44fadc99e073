import type { Clock } from '../aws/clock.js';

/** S3 that is told to slow down must be left alone for so long before it is asked for more again. */
const settleTime = 1_000;

/**
 * How many requests to S3 are under way at once. Where S3 says that it is too much, half as many go on; each that
 * succeeds then lets a little more in, up to the most.
 */
export class RequestBudget {
  private open: number;
  private running = 0;
  private slowedAt = Number.NEGATIVE_INFINITY;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly most: number,
    private readonly clock: Clock,
  ) {
    this.open = most;
  }

  /** Runs a request when there is room for it. */
  async run<T>(request: () => Promise<T>): Promise<T> {
    if (this.running >= Math.floor(this.open)) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await request();
    } finally {
      this.running -= 1;
      this.letIn();
    }
  }

  succeeded(): void {
    this.open = Math.min(this.most, this.open + 1 / this.open);
  }

  /** S3 said that it is too much. What was under way by then says the same, and counts once. */
  slowDown(): void {
    const now = this.clock.now();
    if (now - this.slowedAt < settleTime) return;
    this.slowedAt = now;
    this.open = Math.max(1, this.open / 2);
  }

  /** How many may be under way now. */
  get room(): number {
    return Math.floor(this.open);
  }

  private letIn(): void {
    while (this.running < Math.floor(this.open)) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.running += 1;
      next();
    }
  }
}

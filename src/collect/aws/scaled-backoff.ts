/** The first pauses before a retry, in milliseconds; they double, with jitter, up to 20 seconds. */
export interface Pauses {
  readonly transient: number;
  readonly throttled: number;
}

/** Doubling pauses with full jitter, up to 20 seconds. */
export class ScaledBackoff {
  private isThrottled = false;

  constructor(private readonly base: Pauses) {}

  /** The SDK gives the transient base delay that was set, or its own of a second for throttling. */
  setDelayBase(milliseconds: number): void {
    this.isThrottled = milliseconds !== this.base.transient;
  }

  computeNextBackoffDelay(attempt: number): number {
    const base = this.isThrottled ? this.base.throttled : this.base.transient;
    return Math.floor(Math.min(20_000, base * 2 ** attempt) * (0.5 + Math.random() / 2));
  }
}

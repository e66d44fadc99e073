import type { Failure } from './classify-error.js';
import type { Clock } from './clock.js';

/** So many calls in a row without an answer, from whatever accounts, tell that an endpoint is dead. */
const deadAfter = 3;

interface Silence {
  calls: number;
  lastAt: number;
  failure: Failure;
}

/**
 * Endpoints of services that do not answer any account: each call there takes its whole deadline, in vain. Once in a
 * while one call looks whether they are back.
 */
export class SilentEndpoints {
  private readonly silent = new Map<string, Silence>();

  constructor(
    private readonly clock: Clock,
    /** Milliseconds between two calls that look whether an endpoint is back. */
    private readonly lookAgainAfter: number,
  ) {}

  /** Why an endpoint is not asked, if it is not. */
  refusal(service: string, region: string): Failure | undefined {
    const silence = this.silent.get(`${service} ${region}`);
    if (silence === undefined || silence.calls < deadAfter) return undefined;
    const now = this.clock.now();
    if (now - silence.lastAt < this.lookAgainAfter) return silence.failure;
    silence.lastAt = now;
    return undefined;
  }

  answered(service: string, region: string): void {
    this.silent.delete(`${service} ${region}`);
  }

  notAnswered(service: string, region: string, failure: Failure): void {
    const { calls = 0 } = this.silent.get(`${service} ${region}`) ?? {};
    this.silent.set(`${service} ${region}`, { calls: calls + 1, lastAt: this.clock.now(), failure });
  }
}

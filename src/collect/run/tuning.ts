import { systemClock, type Clock } from '../aws/clock.js';
import { sharedHttpHandler, type HttpHandler, type HttpTimeouts, type Network } from '../aws/http.js';

/** How patient a run is; the defaults suit AWS. Tests bring shorter pauses, and a handler that gives up when they say so. */
export interface Tuning {
  readonly clock: Clock;
  readonly timeouts: HttpTimeouts;
  readonly httpHandler: (timeouts: HttpTimeouts, sockets: number, network: Network) => HttpHandler;
  readonly maxAttempts: number;
  readonly backoff: { readonly transient: number; readonly throttled: number };
  readonly deadline: number;
  readonly maxPages: number;
  readonly maxEmptyPages: number;
}

export const defaultTuning: Tuning = {
  clock: systemClock,
  timeouts: { connect: 5_000, answer: 30_000 },
  httpHandler: sharedHttpHandler,
  maxAttempts: 6,
  backoff: { transient: 100, throttled: 1_000 },
  deadline: 180_000,
  // The largest organization has 10,000 accounts, 20 a page.
  maxPages: 2_000,
  maxEmptyPages: 30,
};

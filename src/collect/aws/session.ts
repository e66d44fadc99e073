import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, RetryStrategyV2 } from '@smithy/types';
import { callerExpired } from '../../model/expired-caller.js';
import type { Clock } from './clock.js';
import { RateLimit } from './rate-limit.js';
import { noAnswerCode, type Failure } from './classify-error.js';
import type { Quota } from './service.js';

/** After so many calls in vain (each with all its retries) an account's API is not asked again. */
const callsInVain = 3;
/** AssumeRole is asked for many accounts, which fail for reasons of their own: only a long row tells that STS is down. */
const assumeRolesInVain = 20;

/** An account that is entered and leaves so many calls unanswered is asked nothing more: each takes its whole deadline. */
const unansweredInAccount = 3;
/** After the first of these the others get a part of that time: one account does not hold up a run for long. */
const patienceAfterwards = 1 / 6;

/** Credentials in an account, with what the run has learned about calling AWS with them. */
export class Session {
  private readonly clients = new Map<string, unknown>();
  private readonly retries = new Map<string, RetryStrategyV2>();
  private readonly limits = new Map<string, RateLimit>();
  private readonly inVain = new Map<string, number>();
  private readonly closed = new Map<string, Failure>();
  private renewedAt = Number.NEGATIVE_INFINITY;
  private renewals = 0;
  private unanswered = 0;

  constructor(
    readonly accountId: string,
    readonly credentials: AwsCredentialIdentityProvider,
    private readonly clock: Clock,
    /** Forgets the credentials, so that the next call gets new ones; undefined where there are none to be had. */
    private readonly forget?: () => void,
    /** One of the many accounts that are entered: less patience is enough than with the caller's own. */
    private readonly isEntered = false,
  ) {}

  /** The same credentials, now that the account they belong to is known. */
  as(accountId: string): Session {
    return new Session(accountId, this.credentials, this.clock, this.forget);
  }

  /** Which credentials are in use: it grows with each renewal. */
  get generation(): number {
    return this.renewals;
  }

  /**
   * True when credentials newer than those of that generation are in use now, renewed by this or by another call.
   * They are renewed once in a while, not again and again.
   */
  renew(generation: number): boolean {
    if (generation !== this.renewals) return true;
    if (this.forget === undefined || this.clock.now() - this.renewedAt < 60_000) return false;
    this.renewedAt = this.clock.now();
    this.renewals += 1;
    this.forget();
    // A client keeps the credentials that it was once given, whatever their provider would say now.
    this.clients.clear();
    return true;
  }

  client<C>(key: string, make: () => C): C {
    const existing = this.clients.get(key);
    // The key names the service, and each service makes clients of one type only.
    if (existing !== undefined) return existing as C;
    const client = make();
    this.clients.set(key, client);
    return client;
  }

  /** How calls of this API are retried: each session may spend so many retries, and earns them back. */
  retryStrategy(key: string, make: () => RetryStrategyV2): RetryStrategyV2 {
    let strategy = this.retries.get(key);
    if (strategy === undefined) {
      strategy = make();
      this.retries.set(key, strategy);
    }
    return strategy;
  }

  /**
   * Lets go of the clients, for an account that has been read: each takes some 50 kB, and there may be 10,000 accounts.
   * Calls under way keep theirs, and a later call makes new ones.
   */
  releaseClients(): void {
    this.clients.clear();
    this.retries.clear();
  }

  limit(region: string, quota: Quota): RateLimit {
    const key = `${region}/${quota.family}`;
    let limit = this.limits.get(key);
    if (limit === undefined) {
      limit = new RateLimit(quota, this.clock);
      this.limits.set(key, limit);
    }
    return limit;
  }

  /** Why this API is not asked any more, if it is not. */
  refusal(service: string, region: string): Failure | undefined {
    return ['*', region, `${region}/${service}`, `*/${service}`].map((key) => this.closed.get(key)).find(isFailure);
  }

  /** What the caller was told when its credentials came to their end, and no newer ones were to be had. */
  get ended(): Failure | undefined {
    return this.isEntered ? undefined : this.closed.get('*');
  }

  /** The caller's own credentials have come to their end: nothing is asked with them any more, nor in their name. */
  end(failure: Failure): void {
    if (this.isEntered || this.ended !== undefined) return;
    const message = `${callerExpired}: ${failure.message}. Sign in again, and read the rest with --resume`;
    this.closed.set('*', { ...failure, reason: 'error', expired: false, message });
  }

  /** Draws the conclusions from a call that failed after all retries. */
  learn(service: string, region: string, failure: Failure): void {
    if (failure.regionDenied && service !== 'sts') {
      const isSwitchedOff = !/service control policy/i.test(failure.message);
      this.closed.set(isSwitchedOff ? region : `${region}/${service}`, failure);
    } else if (failure.reason !== 'access-denied') {
      const count = (this.inVain.get(service) ?? 0) + 1;
      this.inVain.set(service, count);
      if (count >= (service === 'sts' ? assumeRolesInVain : callsInVain)) this.closed.set(`*/${service}`, failure);
      if (this.isEntered && failure.code === noAnswerCode) this.lose(service, region, failure);
    }
  }

  /** How long a call of this account may take, in milliseconds, of the time that one may take at most. */
  patience(deadline: number): number {
    return this.isEntered && this.unanswered > 0 ? deadline * patienceAfterwards : deadline;
  }

  private lose(service: string, region: string, failure: Failure): void {
    this.unanswered += 1;
    this.closed.set(this.unanswered >= unansweredInAccount ? '*' : `${region}/${service}`, failure);
  }

  succeeded(service: string): void {
    this.inVain.delete(service);
  }
}

function isFailure(it: Failure | undefined): it is Failure {
  return it !== undefined;
}

/** How long before their end credentials are renewed. */
const renewBefore = 5 * 60_000;

/** One resolution for all clients of a session, renewed shortly before it expires. */
export function memoizedCredentials(
  resolve: () => Promise<AwsCredentialIdentity>,
  clock: Clock,
): AwsCredentialIdentityProvider & { renew(): void } {
  let current: Promise<AwsCredentialIdentity> | undefined;
  let expiresAt = Number.POSITIVE_INFINITY;
  const resolveAnew = async (): Promise<AwsCredentialIdentity> => {
    try {
      const credentials = await resolve();
      expiresAt = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
      return credentials;
    } catch (error) {
      current = undefined;
      throw error;
    }
  };
  const provider = async (): Promise<AwsCredentialIdentity> => {
    if (clock.now() > expiresAt - renewBefore) current = undefined;
    if (current === undefined) {
      expiresAt = Number.POSITIVE_INFINITY;
      current = resolveAnew();
    }
    return await current;
  };
  return Object.assign(provider, {
    renew: () => {
      current = undefined;
    },
  });
}

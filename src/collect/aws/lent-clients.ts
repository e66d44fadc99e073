import type {
  AwsCredentialIdentity,
  Handler,
  HttpHandlerOptions,
  RetryErrorInfo,
  RetryStrategyV2,
  RetryToken,
} from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { ClientConfig, Connection, SdkClient } from './service.js';
import { isFrequent, ShortWay, type FirstAttempt, type SdkCommand as Command, type Signer } from './short-way.js';

/** On whose behalf a client is used, for one call. */
export interface Loan {
  readonly identity: AwsCredentialIdentity;
  readonly retryStrategy: RetryStrategyV2;
  readonly signal: AbortSignal;
}

/** The part of a handler that sends. */
export interface Sender {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: HttpRequest, options: HttpHandlerOptions): Promise<{ response: HttpResponse }>;
}

/** What a lent client is made with in the place of what is one session's. */
export type LentParts = Pick<ClientConfig, 'credentials' | 'requestHandler' | 'retryStrategy'>;

/**
 * Clients that the sessions of a run share. One is lent to one call at a time: to make a client and to put its middleware
 * together takes as long as a call does, and an organization may have 10,000 accounts.
 */
export class LentClients {
  private readonly idle = new Map<string, LentClient[]>();

  constructor(private readonly sender: Sender) {}

  /** @param configOf what a client of this Region is made with, where there is none to be lent */
  connection(region: string, loan: Loan, configOf: (parts: LentParts) => ClientConfig): Connection {
    return {
      use: async (service, make, use) => {
        const idle = this.idleOf(`${service}/${region}`);
        const lent = idle.pop() ?? new LentClient(this.sender, (parts) => make(configOf(parts)));
        try {
          // All clients under this key are made by the one `make` of their service.
          return await lent.use(loan, use as (client: SdkClient) => ReturnType<typeof use>);
        } finally {
          // One that was given up in the middle of a call may still be at work on it.
          if (!loan.signal.aborted) idle.push(lent);
        }
      },
    };
  }

  private idleOf(key: string): LentClient[] {
    const known = this.idle.get(key);
    if (known !== undefined) return known;
    const none: LentClient[] = [];
    this.idle.set(key, none);
    return none;
  }
}

/** One client, whose middleware is put together once for each operation. */
class LentClient {
  private readonly client: SdkClient;
  private readonly facade: SdkClient;
  private readonly handlers = new Map<unknown, Handler<object, object>>();
  private readonly shortWays = new Map<unknown, ShortWay>();
  private readonly signer: () => Promise<Signer> | undefined;
  /** Of the call under way, which the SDK takes for its own. */
  private firstAttempt: FirstAttempt | undefined;
  private learning: ShortWay | undefined;
  private readonly given = new AbortController();
  private loan: Loan | undefined;
  private options: HttpHandlerOptions = {};

  constructor(
    private readonly sender: Sender,
    make: (parts: LentParts) => SdkClient,
  ) {
    this.client = make({
      credentials: this.credentialsOfLoan(),
      // It is a whole handler but for the parts of NodeHttpHandler that only its owner uses.
      requestHandler: this.handler() as unknown as NodeHttpHandler,
      retryStrategy: this.retryStrategyOfLoan(),
    });
    // Whoever borrows it sends as with any client; all else is the client's.
    const facade: object = Object.create(this.client);
    const send = async (command: SdkCommand, options: HttpHandlerOptions): Promise<object> =>
      await this.send(command, options);
    this.facade = Object.assign(facade as SdkClient, { send });
    this.signer = signOnce(this.client.config);
  }

  async use<O>(loan: Loan, use: (client: SdkClient) => Promise<O>): Promise<O> {
    const { signal } = loan;
    const giveUp = (): void => this.given.abort(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    this.loan = loan;
    try {
      return await use(this.facade);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  private get current(): Loan {
    if (this.loan === undefined) throw new Error('An AWS client was used while no session had it.');
    return this.loan;
  }

  private async send(command: SdkCommand, options: HttpHandlerOptions): Promise<object> {
    this.options = options;
    let handler = this.handlers.get(command.constructor);
    if (handler === undefined) {
      const { client, given } = this;
      handler = command.resolveMiddleware(client.middlewareStack, client.config, { abortSignal: given.signal });
      this.handlers.set(command.constructor, handler);
    }
    const way = isFrequent(command) ? this.shortWay(command) : undefined;
    this.learning = way?.isKnown === false ? way : undefined;
    this.firstAttempt = undefined;
    if (way?.isKnown === true) {
      const first = await way.attempt(command, this.current.retryStrategy, async (it) => await this.pass(it));
      if (first !== undefined && 'output' in first) return first.output;
      this.firstAttempt = first;
    }
    return (await handler(command)).output;
  }

  private shortWay(command: SdkCommand): ShortWay {
    let way = this.shortWays.get(command.constructor);
    if (way === undefined) {
      way = new ShortWay(this.client.config, this.signer);
      this.shortWays.set(command.constructor, way);
    }
    return way;
  }

  /** Marked as the SDK marks its own: it must not keep what the first call was given. */
  private credentialsOfLoan(): ClientConfig['credentials'] {
    const provider = async (): Promise<AwsCredentialIdentity> => await Promise.resolve(this.current.identity);
    return Object.assign(provider, { memoized: true, configBound: true, attributed: true });
  }

  private async pass(request: HttpRequest): Promise<{ response: HttpResponse }> {
    // The answer to another account's credentials would be taken for one of this account.
    const signedAs = `Credential=${this.current.identity.accessKeyId}/`;
    if (request.headers['authorization']?.includes(signedAs) !== true)
      throw new Error('A request was not signed with the credentials of its session.');
    return await this.sender.handle(request, { ...this.options, abortSignal: this.given.signal });
  }

  private handler(): object {
    return {
      metadata: this.sender.metadata,
      handle: async (request: HttpRequest) => {
        const first = this.firstAttempt;
        this.firstAttempt = undefined;
        if (first !== undefined && 'error' in first) throw first.error;
        if (first !== undefined && 'response' in first) return { response: first.response };
        const answer = await this.pass(request);
        this.learning?.learn(request);
        return answer;
      },
      destroy: () => {},
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    };
  }

  /** Each session has retries of its own to spend. */
  private retryStrategyOfLoan(): RetryStrategyV2 & { readonly mode: unknown } {
    const its = (): RetryStrategyV2 => this.current.retryStrategy;
    return {
      get mode(): unknown {
        return Reflect.get(its(), 'mode');
      },
      acquireInitialRetryToken: async (scope: string) => await its().acquireInitialRetryToken(scope),
      refreshRetryTokenForRetry: async (token: RetryToken, error: RetryErrorInfo) =>
        await its().refreshRetryTokenForRetry(token, error),
      recordSuccess: (token: RetryToken) => its().recordSuccess(token),
    };
  }
}

/**
 * The SDK copies a client's whole configuration for each signature; the signer that comes of it is always the same.
 *
 * @returns the one that signed last, whose Region and service are told with each request
 */
function signOnce(config: SdkClient['config']): () => Promise<Signer> | undefined {
  const { signer } = config;
  if (signer === undefined) return () => undefined;
  const signers = new Map<string, Promise<unknown>>();
  let last: Promise<unknown> | undefined;
  config.signer = async (scheme) => {
    const key = JSON.stringify(scheme ?? null);
    let made = signers.get(key);
    if (made === undefined) {
      made = signer(scheme);
      signers.set(key, made);
    }
    last = made;
    return await made;
  };
  // What the SDK signs with.
  return () => last as Promise<Signer> | undefined;
}

interface SdkCommand extends Command {
  resolveMiddleware(stack: unknown, config: unknown, options: HttpHandlerOptions): Handler<object, object>;
}

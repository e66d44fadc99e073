import { StandardRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { LentClients, type LentParts } from './lent-clients.js';
import type { MeteredHandler } from './metered-handler.js';
import { ScaledBackoff, type Pauses } from './scaled-backoff.js';
import type { ClientConfig, Connection, Operation } from './service.js';
import type { Session } from './session.js';

interface ConnectionSettings {
  readonly version: string;
  readonly maxAttempts: number;
  readonly backoff: Pauses;
}

/** The clients with which a run calls AWS. */
export class Connections {
  private readonly lent: LentClients;

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly handler: MeteredHandler,
  ) {
    this.lent = new LentClients(handler);
  }

  /**
   * A client for one call. S3 and CloudFront remember things of their callers: their clients are those of one session.
   *
   * @throws whatever the session's credentials cannot be had for
   */
  async to(
    session: Session,
    { service, protocol }: Pick<Operation<never, unknown>, 'service' | 'protocol'>,
    region: string,
    signal: AbortSignal,
  ): Promise<Connection> {
    const key = `${service}/${region}`;
    if (protocol === 'rest-xml') {
      const parts = (): LentParts => ({
        credentials: session.credentials,
        // It is a whole handler but for the parts of NodeHttpHandler that only its owner uses.
        requestHandler: this.handler as unknown as NodeHttpHandler,
        retryStrategy: this.retryStrategy(),
      });
      return {
        use: async (_, make, use) => await use(session.client(key, () => make(this.config(region, parts())))),
      };
    }
    const loan = {
      identity: await session.credentials(),
      retryStrategy: session.retryStrategy(key, () => this.retryStrategy()),
      signal,
    };
    return this.lent.connection(region, loan, (parts) => this.config(region, parts));
  }

  private config(region: string, parts: LentParts): ClientConfig {
    const { maxAttempts, version } = this.settings;
    return { ...parts, region, maxAttempts, customUserAgent: [['trailproof', version]] };
  }

  /** The SDK's standard strategy, with pauses that are ours to set. */
  private retryStrategy(): StandardRetryStrategy {
    const { maxAttempts, backoff } = this.settings;
    return new StandardRetryStrategy({
      maxAttempts,
      baseDelay: backoff.transient,
      backoff: new ScaledBackoff(backoff),
    });
  }
}

import { Readable } from 'node:stream';
import { vi } from 'vitest';
import type { AttemptOptions } from '../../src/collect/aws/metered-handler.js';
import { Connections } from '../../src/collect/aws/connections.js';
import { operations } from '../../src/collect/aws/operations/index.js';
import type { ClientConfig, Connection, SdkClient } from '../../src/collect/aws/service.js';
import type { Session } from '../../src/collect/aws/session.js';

type Settled =
  | { readonly is: 'answer'; readonly output: object; readonly body: Uint8Array | undefined }
  | { readonly is: 'error'; readonly error: unknown };

interface Command {
  readonly input: unknown;
}

type Send = (command: Command, options: AttemptOptions) => Promise<object>;

/** What every client of the SDK does; what it sends is typed by the operation that uses it. */
interface Sender {
  readonly send: Send;
}

/** Credentials are issued by the fake AWS of each run: the answers of another's are worth nothing there. */
const neverKept = 'sts:';

const nameOf = new Map<unknown, string>(Object.entries(operations).map(([name, it]) => [it, name]));

/**
 * What the SDK gave for each call of one run, by account, Region, operation and input, for runs of the same world in which
 * one operation fails: only that one goes over the wire again, with its errors and retries; the others are counted,
 * normalized and written down as if they had.
 */
export class RememberedAnswers {
  private readonly answers = new Map<string, Settled>();

  /** Keeps what comes during a run. */
  async keep<T>(run: () => Promise<T>): Promise<T> {
    return await between(run, (key, send) => async (command, options) => {
      const id = key(command);
      let body: Uint8Array | undefined;
      const onBody = (it: Uint8Array): void => {
        body = it;
        options.onBody?.(it);
      };
      try {
        const output = await send(command, { ...options, onBody });
        if (!Object.values(output).some((it) => it instanceof Readable)) {
          this.answers.set(id, { is: 'answer', output, body });
        }
        return output;
      } catch (error) {
        this.answers.set(id, { is: 'error', error });
        throw error;
      }
    });
  }

  /** Gives a run what was kept, but for these operations, and sends what is new. */
  async give<T>(but: (name: string) => boolean, run: () => Promise<T>): Promise<T> {
    return await between(run, (key, send, name, session) => async (command, options) => {
      const kept = but(name) ? undefined : this.answers.get(key(command));
      if (kept === undefined) return await send(command, options);
      await session.credentials();
      await options.beforeAttempt();
      if (kept.is === 'error') throw kept.error;
      if (kept.body !== undefined) options.onBody?.(kept.body);
      return kept.output;
    });
  }
}

// oxlint-disable-next-line typescript/unbound-method -- called with the instance that it is meant for
const connectionTo = Connections.prototype.to;

/** Puts something between a run and its clients. */
async function between<T>(
  run: () => Promise<T>,
  wrap: (key: (command: Command) => string, send: Send, name: string, session: Session) => Send,
): Promise<T> {
  const spy = vi.spyOn(Connections.prototype, 'to').mockImplementation(async function (
    this: Connections,
    session,
    operation,
    region,
    signal,
  ): Promise<Connection> {
    const connection = await connectionTo.call(this, session, operation, region, signal);
    const name = nameOf.get(operation);
    if (name === undefined || name.startsWith(neverKept)) return connection;
    const key = ({ constructor, input }: Command): string =>
      JSON.stringify([session.accountId, region, name, constructor.name, input]);
    return {
      // Operations use of a client only that it sends: none is made where nothing is sent.
      use: async <C extends SdkClient, O>(
        service: string,
        make: (config: ClientConfig) => C,
        use: (client: C) => Promise<O>,
      ) => {
        const send: Send = async (command, options) =>
          await connection.use(service, make, async (client) => await (client as C & Sender).send(command, options));
        return await use({ send: wrap(key, send, name, session) } as C & Sender);
      },
    };
  });
  try {
    return await run();
  } finally {
    spy.mockRestore();
  }
}

import type { AwsCredentialIdentityProvider, HttpHandlerOptions, RetryStrategyV2 } from '@smithy/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AnswerBody, Protocol } from './answer-form.js';

import type { PlanRule } from '../plan/rule.js';

/** What every SDK client of a run is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly requestHandler: NodeHttpHandler;
  readonly retryStrategy: RetryStrategyV2;
  readonly customUserAgent: [string, string][];
  readonly maxAttempts: number;
}

/** What is used of every client of the SDK. */
export interface SdkClient {
  readonly config: { signer?: ((scheme: never) => Promise<unknown>) | undefined };
  readonly middlewareStack: unknown;
}

/** A client for a call: of whom and in which Region is the connection's. */
export interface Connection {
  use<C extends SdkClient, O>(
    service: string,
    make: (config: ClientConfig) => C,
    use: (client: C) => Promise<O>,
  ): Promise<O>;
}

/** An AWS service whose SDK package is loaded when it is first called. */
export interface Service<M, C extends SdkClient> {
  readonly id: string;
  readonly protocol: Protocol;
  load(): Promise<M>;
  make(module: M, config: ClientConfig): C;
}

/** How often a live run calls an operation; undefined: it does not. */
interface Planned {
  readonly plan?: PlanRule | undefined;
}

/** What AWS Config's source says of what only this call tells: a sentence; undefined: AWS Config records it. */
interface Unrecorded {
  readonly notRecorded?: string | undefined;
}

/** What is more than a read, and is sent only by a run that was told to use this service; undefined: it is a read. */
export interface Chosen {
  readonly optIn?: 'athena' | 'lake' | 'insights' | undefined;
}

/**
 * An API operation: how it is sent, which IAM action it needs, and why it is asked. All of them stand in one
 * table, `operations/`; the published IAM policy is made from it.
 */
export interface Operation<I, O> extends Planned, Unrecorded, Chosen {
  readonly service: string;
  /** The IAM action; undefined where none is needed. */
  readonly action: string | undefined;
  /** What the answer is for, in one line. */
  readonly purpose: string;
  /** Which quota it shares, with the rate in calls a second and the burst, per account and Region. */
  readonly quota: Quota;
  /** AWS's errors that are answers: there is no such configuration, or no such thing. */
  readonly absentWhen: readonly AbsentWhen[];
  readonly protocol: Protocol;
  /** What its answers hold, where the protocol does not tell. */
  readonly body: AnswerBody | undefined;
  /** Loads the SDK's package of the service, which the first call waits for. */
  load(): Promise<unknown>;
  send(connection: Connection, input: I, options: HttpHandlerOptions): Promise<O>;
}

/** An error code; where a service uses it for other refusals, too, with what its message says. */
export type AbsentWhen = string | { readonly code: string; readonly says: RegExp };

/** True for an error that is an answer: there is nothing there. */
export function saysAbsent(absentWhen: readonly AbsentWhen[], error: { code: string; message: string }): boolean {
  return absentWhen.some((it) =>
    typeof it === 'string' ? it === error.code : it.code === error.code && it.says.test(error.message),
  );
}

export interface Quota {
  readonly family: string;
  readonly rate: number;
  readonly burst: number;
}

interface OperationFacts extends Planned, Unrecorded, Chosen {
  readonly action?: string | undefined;
  readonly purpose: string;
  readonly quota: Quota;
  readonly absentWhen?: readonly AbsentWhen[];
  readonly body?: AnswerBody;
}

/** Declares an operation of a service; input and output types follow from `send`. */
export function operation<M, C extends SdkClient, I, O, const F extends OperationFacts>(
  service: Service<M, C>,
  facts: F,
  send: (module: M, client: C, input: I, options: HttpHandlerOptions) => Promise<O>,
): Operation<I, O> & Pick<F, keyof F & keyof Unrecorded> {
  return {
    ...facts,
    service: service.id,
    action: facts.action,
    absentWhen: facts.absentWhen ?? [],
    protocol: service.protocol,
    body: facts.body,
    load: () => service.load(),
    async send(connection, input, options) {
      const module = await service.load();
      return await connection.use(
        service.id,
        (config) => service.make(module, config),
        async (client) => await send(module, client, input, options),
      );
    },
  };
}

/** Loads a package once, however many calls wait for it. */
export function once<M>(load: () => Promise<M>): () => Promise<M> {
  let loading: Promise<M> | undefined;
  return () => (loading ??= load());
}

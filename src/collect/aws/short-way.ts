import { randomUUID } from 'node:crypto';
import type { RetryStrategyV2 } from '@smithy/types';
import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';

/** A command of the SDK, of which one thing is asked. */
export interface SdkCommand {
  readonly input: object;
  /** The SDK's own description: its kind, namespace, name, traits, input and output. */
  readonly schema?: unknown;
}

/** What of a client's configuration writes requests and reads answers. */
interface Protocol {
  serializeRequest(operation: object, input: object, context: object): Promise<HttpRequest>;
  deserializeResponse(operation: object, context: object, response: HttpResponse): Promise<object>;
}

export interface Signer {
  sign(request: HttpRequest, options: object): Promise<HttpRequest>;
}

/** What the first attempt came to: the answer as it was read, or what the SDK has to judge. */
export type FirstAttempt =
  | { readonly output: object }
  | { readonly response: HttpResponse }
  | { readonly error: unknown };

/** Where requests of an operation go, and what they say beside their body and the time. */
interface Learned {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signingRegion: string;
  readonly signingService: string;
}

/** The three calls that each account costs, nine tenths of all. */
const frequent = new Set(['AssumeRole', 'ListTrails', 'GetTrailStatus']);

/** Is another in each request. */
const ofOneRequest = new Set([
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'content-length',
  'amz-sdk-invocation-id',
]);

/** True for an operation that is asked so often that the short way is worth its while. */
export function isFrequent({ schema }: SdkCommand): boolean {
  const name: unknown = Array.isArray(schema) ? schema[2] : undefined;
  return typeof name === 'string' && frequent.has(name);
}

/**
 * The first attempt at a call without the middleware of the SDK, which for each request copies the configuration, and looks
 * up endpoint, identity and user agent anew. They are those of the first request, which the SDK made; what differs is
 * written, signed and read by the SDK's own parts. Whatever is not a plain success is for the SDK to judge and to try again.
 */
export class ShortWay {
  private learned: Learned | undefined;

  constructor(
    private readonly config: object,
    private readonly signer: () => Promise<Signer> | undefined,
  ) {}

  get isKnown(): boolean {
    return this.learned !== undefined;
  }

  /** Takes over from a request that the SDK made and signed; one that is in any way unusual is left alone. */
  learn(request: HttpRequest): void {
    const { protocol, hostname, port, path, headers, query, method } = request;
    const signature = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\//.exec(
      headers['authorization'] ?? '',
    );
    const [, signingRegion, signingService] = signature ?? [];
    if (signingRegion === undefined || signingService === undefined) return;
    if (method !== 'POST' || Object.keys(query ?? {}).length > 0) return;
    if (headers['amz-sdk-request']?.startsWith('attempt=1;') !== true) return;
    const kept = Object.entries(headers).filter(([name]) => !ofOneRequest.has(name.toLowerCase()));
    this.learned = { protocol, hostname, port, path, headers: Object.fromEntries(kept), signingRegion, signingService };
  }

  /** Undefined: this call cannot go the short way. */
  async attempt(
    command: SdkCommand,
    retries: RetryStrategyV2,
    send: (request: HttpRequest) => Promise<{ response: HttpResponse }>,
  ): Promise<FirstAttempt | undefined> {
    const operation = operationOf(command);
    const protocol = protocolOf(this.config);
    const signer = await this.signer();
    const { learned } = this;
    if (operation === undefined || protocol === undefined || signer === undefined || learned === undefined)
      return undefined;
    const request = await protocol.serializeRequest(operation, command.input, this.contextFor(learned));
    const { body }: { body?: unknown } = request;
    if (typeof body !== 'string' && !(body instanceof Uint8Array)) return undefined;
    const { signingRegion, signingService, headers, ...place } = learned;
    const ofThis = { 'content-length': String(Buffer.byteLength(body)), 'amz-sdk-invocation-id': randomUUID() };
    Object.assign(request, place, { headers: { ...headers, ...ofThis } });
    let response: HttpResponse;
    try {
      const signingDate = new Date(Date.now() + clockOffset(this.config));
      const signed = await signer.sign(request, { signingDate, signingRegion, signingService });
      ({ response } = await send(signed));
    } catch (error) {
      return { error };
    }
    if (response.statusCode !== 200) return { response };
    try {
      const output = await protocol.deserializeResponse(operation, this.config, response);
      retries.recordSuccess(await retries.acquireInitialRetryToken(''));
      return { output };
    } catch {
      // The SDK reads the same answer again, and says what is wrong with it.
      return { response };
    }
  }

  /** The configuration, with the endpoint that is known. */
  private contextFor({ protocol, hostname, port, path }: Learned): object {
    const endpoint = { protocol, hostname, port, path };
    const own: object = Object.create(this.config);
    return Object.assign(own, { endpoint: async () => await Promise.resolve(endpoint) });
  }
}

function operationOf({ schema }: SdkCommand): object | undefined {
  if (!Array.isArray(schema) || schema.length < 6) return undefined;
  const [, namespace, name, traits, input, output]: readonly unknown[] = schema;
  return { namespace, name, traits, input, output };
}

function protocolOf(config: object): Protocol | undefined {
  const protocol: unknown = Reflect.get(config, 'protocol');
  if (typeof protocol !== 'object' || protocol === null) return undefined;
  return 'serializeRequest' in protocol && 'deserializeResponse' in protocol ? (protocol as Protocol) : undefined; // the SDK's own
}

/** By how much the clock here is wrong, as the SDK found out from an answer. */
function clockOffset(config: object): number {
  const offset: unknown = Reflect.get(config, 'systemClockOffset');
  return typeof offset === 'number' ? offset : 0;
}

import { Agent as HttpAgent } from 'node:http';
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpsAgent, type Environment } from '../../network/index.js';

export interface HttpTimeouts {
  /** Milliseconds to a connection. */
  readonly connect: number;
  /** Milliseconds to the head of an answer, and between two parts of its body. */
  readonly answer: number;
}

/** How the network is reached. */
export interface Network {
  /** Names the proxy. */
  readonly environment: Environment;
  /** The only certificates to believe, in PEM; undefined: Node's own. */
  readonly ca: readonly string[] | undefined;
}

/** The part of the handler that a run uses. */
export type HttpHandler = Pick<NodeHttpHandler, 'handle' | 'destroy'>;

/** Names below `localhost` are loopback (RFC 6761), which not every resolver knows. */
const loopbackLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname.endsWith('.localhost') ? 'localhost' : hostname, options, callback);
};

/**
 * The one HTTP handler that all clients of a run share: without it each client would open connections of its own.
 * Never destroy a client that uses it; destroy the handler once, when the run is over.
 */
export function sharedHttpHandler(
  timeouts: HttpTimeouts,
  sockets: number,
  { environment, ca }: Network = { environment: {}, ca: undefined },
): NodeHttpHandler {
  const options = { keepAlive: true, maxSockets: sockets, lookup: loopbackLookup };
  return new NodeHttpHandler({
    connectionTimeout: timeouts.connect,
    requestTimeout: timeouts.answer,
    socketTimeout: timeouts.answer,
    throwOnRequestTimeout: true,
    // The SDK's own warning about busy sockets goes to the console; our limiter keeps within them.
    socketAcquisitionWarningTimeout: 2_147_483_647,
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent({
      ...options,
      environment,
      connectTimeout: timeouts.connect,
      ...(ca === undefined ? {} : { ca: [...ca] }),
    }),
  });
}

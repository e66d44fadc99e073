import { sharedHttpHandler, type HttpHandler, type HttpTimeouts, type Network } from '../../src/collect/aws/http.js';
import type { FakeAwsOptions } from './fake-aws/index.js';

/**
 * Time-outs that the test holds: a request times out as soon as the fake AWS has it and will never answer it, and no other
 * request does, however late the machine lets its answer come.
 */
export function heldTimeOuts(): {
  readonly httpHandler: (timeouts: HttpTimeouts, sockets: number, network: Network) => HttpHandler;
  readonly onTimeout: NonNullable<FakeAwsOptions['onTimeout']>;
} {
  const underWay = new Map<string, AbortController>();
  return {
    onTimeout: (headers) => underWay.get(attemptOf(headers))?.abort(),
    httpHandler: (timeouts, sockets, network) => {
      const handler = sharedHttpHandler(timeouts, sockets, network);
      const handle: HttpHandler['handle'] = async (request, options = {}) => {
        const given = new AbortController();
        const attempt = attemptOf(request.headers);
        underWay.set(attempt, given);
        const { abortSignal: outer } = options;
        const signals = outer instanceof AbortSignal ? [outer, given.signal] : [given.signal];
        try {
          return await handler.handle(request, { ...options, abortSignal: AbortSignal.any(signals) });
        } catch (error) {
          if (!given.signal.aborted) throw error;
          throw Object.assign(new Error('the request has exceeded its time'), {
            name: 'TimeoutError',
            code: 'ETIMEDOUT',
          });
        } finally {
          underWay.delete(attempt);
        }
      };
      return { handle, destroy: () => handler.destroy() };
    },
  };
}

/** What the SDK sends with each attempt: an id of the call, and which attempt of it this is. */
function attemptOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  return `${String(headers['amz-sdk-invocation-id'])} ${String(headers['amz-sdk-request'])}`;
}

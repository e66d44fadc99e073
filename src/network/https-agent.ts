import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest, type AgentOptions, type RequestOptions } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { proxyFor, type Environment, type Proxy } from './proxy.js';

type Connected = (error: Error | null, stream: Duplex) => void;

interface Options extends AgentOptions {
  readonly environment: Environment;
  /** Milliseconds that a proxy has to connect to a host. */
  readonly connectTimeout: number;
}

/** Node's agent for HTTPS, which connects through the proxy of the environment where there is one for the host. */
export class HttpsAgent extends Agent {
  private readonly environment: Environment;
  private readonly connectTimeout: number;

  /** @throws UsageError where the environment names something that is no proxy */
  constructor({ environment, connectTimeout, ...options }: Options) {
    super(options);
    this.environment = environment;
    this.connectTimeout = connectTimeout;
    proxyFor('', 443, environment);
  }

  override createConnection(options: RequestOptions, callback?: Connected): Duplex | null | undefined {
    const host = options.host ?? options.hostname ?? 'localhost';
    const port = Number(options.port ?? 443);
    const proxy = proxyFor(host, port, this.environment);
    if (proxy === undefined || callback === undefined) return super.createConnection(options, callback);
    this.connectThrough(proxy, host, port, options, callback);
    return undefined;
  }

  private connectThrough(proxy: Proxy, host: string, port: number, options: RequestOptions, done: Connected): void {
    const asked = tunnelRequest(proxy, `${isIP(host) === 6 ? `[${host}]` : host}:${port}`, options);
    // Node's callback has no stream where there is an error, which its type does not know.
    const fail = (error: Error): void => (done as (it: Error) => void)(error);
    asked.setTimeout(this.connectTimeout, () => asked.destroy(timeOut(proxy, host)));
    asked.once('error', (error: NodeJS.ErrnoException) => fail(unreachable(proxy, error)));
    asked.once('response', (answer: IncomingMessage) => {
      answer.resume();
      fail(refused(proxy, host, answer));
    });
    asked.once('connect', (answer: IncomingMessage, socket: Socket) => {
      socket.setTimeout(0);
      if (answer.statusCode !== 200) {
        socket.destroy();
        fail(refused(proxy, host, answer));
        return;
      }
      const { path: _, ...rest } = options as RequestOptions & { readonly path?: unknown };
      // Of a request and of a TLS connection both, the options of an agent.
      done(null, connectTls({ ...(rest as object), socket, servername: isIP(host) === 0 ? host : '' }));
    });
    asked.end();
  }
}

function tunnelRequest({ url, authorization }: Proxy, path: string, { ca }: RequestOptions): ClientRequest {
  const secure = url.protocol === 'https:';
  return (secure ? httpsRequest : httpRequest)({
    method: 'CONNECT',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path,
    agent: false,
    headers: { host: path, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
    ...(ca === undefined ? {} : { ca }),
  });
}

/** An error of the connection, by a code that is tried again, or by one that is not. */
function proxyError(message: string, code: string, cause?: Error): Error {
  return Object.assign(new Error(message, { cause }), { code });
}

function named({ shown, variable }: Proxy): string {
  return `the proxy ${shown} (${variable})`;
}

function refused(proxy: Proxy, host: string, { statusCode = 0, statusMessage = '' }: IncomingMessage): Error {
  const said = `${statusCode} ${statusMessage}`.trim();
  const help = statusCode === 407 ? ': it wants a user and a password, as in http://user:password@host:port' : '';
  const message = `${named(proxy)} did not connect to ${host}: it answered ${said}${help}`;
  return proxyError(message, statusCode >= 500 ? 'ECONNREFUSED' : 'PROXY_REFUSED');
}

function unreachable(proxy: Proxy, error: NodeJS.ErrnoException): Error {
  if (error.message.startsWith('the proxy ')) return error;
  return proxyError(`${named(proxy)} cannot be reached: ${error.message}`, error.code ?? 'ECONNREFUSED', error);
}

function timeOut(proxy: Proxy, host: string): Error {
  return proxyError(`${named(proxy)} did not connect to ${host} in time`, 'ETIMEDOUT');
}

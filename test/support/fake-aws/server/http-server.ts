import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { HttpAnswer } from '../protocol/answer.js';
import type { RawRequest } from './read-request.js';

export interface Delivery {
  readonly answer: HttpAnswer;
  readonly delivery: 'whole' | 'cut-in-body' | 'connection-cut' | 'timeout';
  /** Milliseconds. */
  readonly delay: number;
}

/** No request of the read APIs comes near this. */
const maxBodyBytes = 1024 * 1024;

/** An HTTP server that asks `respond` for each request and delivers as told, without ever waiting in line. */
export function httpServer(respond: (request: RawRequest) => Delivery): Server {
  const server = createServer((request, response) => {
    readBody(request, (body) => {
      const { method = '', url = '', headers } = request;
      const delivery = respond({ method, url, headers, body });
      if (delivery.delay > 0) setTimeout(() => deliver(response, delivery), delivery.delay);
      else deliver(response, delivery);
    });
  });
  // A client that keeps a connection must not find it closed just as it sends: AWS keeps them far longer, too.
  server.keepAliveTimeout = 120_000;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  return server;
}

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBodyBytes) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => done(Buffer.concat(chunks).toString('utf8')));
  // A client that gives up breaks the connection off; there is nobody left to answer.
  request.on('error', () => request.destroy());
}

function deliver(response: ServerResponse, { answer, delivery }: Delivery): void {
  // The client may have gone away during the delay.
  if (response.destroyed) return;
  switch (delivery) {
    case 'timeout':
      return;
    case 'connection-cut':
      response.socket?.destroy();
      return;
    case 'cut-in-body': {
      const body = bytesOf(answer.body);
      response.writeHead(answer.status, { ...answer.headers, 'content-length': Math.max(body.length, 2) });
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
      return;
    }
    case 'whole': {
      const body = bytesOf(answer.body);
      const isBodiless = response.req.method === 'HEAD';
      response.writeHead(
        answer.status,
        isBodiless ? answer.headers : { ...answer.headers, 'content-length': body.length },
      );
      response.end(isBodiless ? undefined : body);
    }
  }
}

function bytesOf(body: string | Buffer): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ConnectProxy {
  readonly port: number;
  /** Hosts with ports that it was asked to connect to, each once, in order. */
  readonly hosts: () => readonly string[];
  /** Values of Proxy-Authorization, each once. */
  readonly authorizations: () => readonly (string | undefined)[];
}

/** How it answers CONNECT: connects to that port of this machine, refuses with that status, or never says a word. */
export type Manner = { readonly to: number } | { readonly status: string } | 'silent';

/** A small proxy by HTTP, as companies have one, until the test ends. */
export async function startConnectProxy(manner: Manner): Promise<ConnectProxy> {
  const asked: { readonly host: string; readonly authorization: string | undefined }[] = [];
  const open = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(501).end());
  server.on('connection', (socket: Socket) => open.add(socket));
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    asked.push({ host: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    client.on('error', () => client.destroy());
    if (manner === 'silent') return;
    if ('status' in manner) {
      client.end(`HTTP/1.1 ${manner.status}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const target = connect(manner.to, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) target.write(head);
      target.pipe(client).pipe(target);
    });
    open.add(target);
    target.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    hosts: () => [...new Set(asked.map(({ host }) => host))],
    authorizations: () => [...new Set(asked.map(({ authorization }) => authorization))],
  };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startConnectProxy } from '../../test/support/network/connect-proxy.js';
import { startTlsFront, type TlsFront } from '../../test/support/network/tls-front.js';
import { HttpsAgent } from './https-agent.js';

/** A host by HTTPS that says `hello`, and an agent that believes it. */
async function aHost(): Promise<{ readonly agent: HttpsAgent; readonly front: TlsFront }> {
  const server = createServer((_, response) => response.end('hello'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front = await startTlsFront((server.address() as AddressInfo).port, ['files.example.com']);
  const ca = readFileSync(front.certificate, 'utf8');
  const agent = new HttpsAgent({ environment: {}, connectTimeout: 1_000_000, keepAlive: true, ca });
  onTestFinished(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { agent, front };
}

async function read(url: string, agent: HttpsAgent): Promise<string> {
  const asked = request(url, { agent }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

test('a host that this machine cannot find is reached through the proxy; a connection serves again', async () => {
  const { agent, front } = await aHost();
  const through = await startConnectProxy({ to: front.port });
  const proxied = new HttpsAgent({
    environment: { HTTPS_PROXY: `http://127.0.0.1:${through.port}` },
    connectTimeout: 1_000_000,
    keepAlive: true,
    ca: agent.options.ca,
  });
  onTestFinished(() => proxied.destroy());
  expect(await read('https://files.example.com/', proxied)).toBe('hello');
  expect(await read('https://files.example.com/', proxied)).toBe('hello');
  expect(through.hosts()).toEqual(['files.example.com:443']);
});

test('the certificate of the host is checked, not that of the proxy', async () => {
  const { agent, front } = await aHost();
  const through = await startConnectProxy({ to: front.port });
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${through.port}` };
  const proxied = new HttpsAgent({ environment, connectTimeout: 1_000_000, ca: agent.options.ca });
  await expect(read('https://other.example.com/', proxied)).rejects.toThrow(/does not match certificate/);
  const stranger = new HttpsAgent({ environment, connectTimeout: 1_000_000 });
  await expect(read('https://files.example.com/', stranger)).rejects.toThrow('self-signed certificate');
});

test('a proxy that says nothing is given up', async () => {
  const silent = await startConnectProxy('silent');
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${silent.port}` };
  const agent = new HttpsAgent({ environment, connectTimeout: 50 });
  await expect(read('https://files.example.com/', agent)).rejects.toThrow(
    `the proxy http://127.0.0.1:${silent.port} (HTTPS_PROXY) did not connect to files.example.com in time`,
  );
});

test('a proxy that is not there is named', async () => {
  const agent = new HttpsAgent({ environment: { HTTPS_PROXY: 'http://127.0.0.1:9' }, connectTimeout: 1_000_000 });
  const asked = read('https://files.example.com/', agent);
  await expect(asked).rejects.toThrow(
    'the proxy http://127.0.0.1:9 (HTTPS_PROXY) cannot be reached: connect ECONNREFUSED',
  );
  await expect(asked).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';

export interface TlsFront {
  readonly port: number;
  /** The file of its certificate, for AWS_CA_BUNDLE. */
  readonly certificate: string;
}

/** HTTPS in front of a server by HTTP on this machine, under these names, until the test ends. */
export async function startTlsFront(behind: number, names: readonly string[]): Promise<TlsFront> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const alternatives = ['IP:127.0.0.1', ...names.map((name) => `DNS:${name}`)].join(',');
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const about = ['-subj', '/CN=Trailproof test', '-addext', `subjectAltName=${alternatives}`];
  execFileSync('openssl', ['req', ...made, ...about, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const open = new Set<Socket>();
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (client) => {
    const target = connect(behind, '127.0.0.1');
    for (const socket of [client, target]) open.add(socket);
    client.pipe(target).pipe(client);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
  });
  // A client that does not believe the certificate breaks off; that is its own error to tell.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { port: (server.address() as AddressInfo).port, certificate };
}

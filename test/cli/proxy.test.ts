import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeAws, type FakeAws } from '../support/fake-aws/index.js';
import { startConnectProxy, type ConnectProxy, type Manner } from '../support/network/connect-proxy.js';
import { startTlsFront, type TlsFront } from '../support/network/tls-front.js';
import { aWellKeptOrganization } from '../support/kept-organization.js';
import { aFolder, runCli, type Ran } from './run-cli.js';

interface Company {
  readonly aws: FakeAws;
  readonly front: TlsFront;
  readonly scan: (environment: Readonly<Record<string, string>>) => Promise<Ran>;
}

/** A fake AWS by HTTPS, whose certificate no client knows by itself. */
async function aCompany(): Promise<Company> {
  const world = aWellKeptOrganization();
  const aws = await startFakeAws(world);
  onTestFinished(async () => await aws.close());
  const front = await startTlsFront(aws.port, ['localhost', ...world.accounts.map(({ id }) => `${id}.localhost`)]);
  const cwd = aFolder();
  const reached = { ...aws.environment(), AWS_ENDPOINT_URL: `https://localhost:${front.port}` };
  return {
    aws,
    front,
    scan: async (environment) =>
      await runCli(['scan', '--quiet', '--fail-on', 'none'], { cwd, environment: { ...reached, ...environment } }),
  };
}

async function throughProxy(manner: (front: TlsFront) => Manner): Promise<Company & { readonly proxy: ConnectProxy }> {
  const company = await aCompany();
  return { ...company, proxy: await startConnectProxy(manner(company.front)) };
}

test('every call goes through the proxy of HTTPS_PROXY, with its user, and believes AWS_CA_BUNDLE', async () => {
  const { aws, front, proxy, scan } = await throughProxy(({ port }) => ({ to: port }));
  const ran = await scan({
    HTTPS_PROXY: `http://ada:se%40cret@127.0.0.1:${proxy.port}`,
    AWS_CA_BUNDLE: front.certificate,
  });
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(aws.calls().length).toBeGreaterThan(20);
  expect(proxy.hosts()[0]).toBe(`localhost:${front.port}`);
  // S3 Control puts the account before the host.
  expect(proxy.hosts().length).toBeGreaterThan(1);
  expect(proxy.authorizations()).toEqual([`Basic ${Buffer.from('ada:se@cret').toString('base64')}`]);
});

test('what NO_PROXY names is called without the proxy, and the profile may name the certificates', async () => {
  const { aws, front, proxy, scan } = await throughProxy(({ port }) => ({ to: port }));
  const profile = join(aFolder(), 'config');
  writeFileSync(profile, `[default]\nca_bundle = ${front.certificate}\n`);
  const ran = await scan({
    https_proxy: `127.0.0.1:${proxy.port}`,
    NO_PROXY: 'example.com, localhost',
    AWS_CONFIG_FILE: profile,
  });
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(aws.calls().length).toBeGreaterThan(20);
  expect(proxy.hosts()).toEqual([]);
});

test.each<[string, Manner, string]>([
  [
    'wants a password',
    { status: '407 Proxy Authentication Required' },
    'it answered 407 Proxy Authentication Required',
  ],
  ['refuses', { status: '403 Forbidden' }, 'did not connect to localhost: it answered 403 Forbidden'],
])('a proxy that %s is named, without its password', async (_, manner, why) => {
  const { front, proxy, scan } = await throughProxy(() => manner);
  const ran = await scan({
    HTTPS_PROXY: `http://ada:secret@127.0.0.1:${proxy.port}`,
    AWS_CA_BUNDLE: front.certificate,
  });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toContain(`the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`);
  expect(ran.stderr).toContain(why);
  expect(ran.stderr).not.toContain('secret');
});

test('a certificate that nobody vouches for is told with what to set', async () => {
  const { scan } = await aCompany();
  const ran = await scan({});
  expect(ran.status).toBe(2);
  expect(ran.stderr).toContain('self-signed certificate');
  expect(ran.stderr).toContain('AWS_CA_BUNDLE');
});

test.each([
  [{ HTTPS_PROXY: 'socks5://127.0.0.1:1080' }, 'HTTPS_PROXY is not the address of a proxy by HTTP or HTTPS.'],
  [{ AWS_CA_BUNDLE: '/nowhere/ca.pem' }, '/nowhere/ca.pem, which AWS_CA_BUNDLE names, cannot be read: ENOENT'],
  [{ AWS_CA_BUNDLE: 'package.json' }, 'package.json, which AWS_CA_BUNDLE names, holds no certificate.'],
])('%j is refused before the first call', async (environment, why) => {
  const cwd = aFolder();
  writeFileSync(join(cwd, 'package.json'), '{}');
  const ran = await runCli(['scan'], {
    cwd,
    environment: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x', ...environment },
  });
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toContain(`error: ${why}`);
});

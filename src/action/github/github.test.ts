import { describe, expect, test } from 'vitest';
import { startFakeGitHub, token, type FakeAnswer, type FakeGitHub } from '../../../test/action/fake-github.js';
import { startConnectProxy } from '../../../test/support/network/connect-proxy.js';
import { startTlsFront } from '../../../test/support/network/tls-front.js';
import { GitHubError } from './github-error.js';
import type { GitHubOptions } from './github-options.js';
import { gitHub, type GitHub } from './github.js';

const uploaded = '2026-11-20T05:17:30Z';

async function aRepository(): Promise<FakeGitHub> {
  return await startFakeGitHub({
    analyses: [{ category: 'trailproof/baseline', created_at: uploaded }],
    artifacts: [{ created_at: uploaded, files: { 'results.json': '{}' } }],
  });
}

/** Hardly waits between attempts. */
function clientOf(fake: FakeGitHub, change: Partial<GitHubOptions> = {}): GitHub {
  return gitHub({
    apiUrl: fake.environment['GITHUB_API_URL'] ?? '',
    repository: 'acme/cloud',
    token,
    signal: new AbortController().signal,
    environment: {},
    second: 1,
    ...change,
  });
}

const analyses = async (github: GitHub): Promise<unknown> =>
  await github.get('code-scanning/analyses', { ref: 'refs/heads/main', tool_name: 'Trailproof' });

const pathsOf = (fake: FakeGitHub): string[] => fake.requests.map(({ path }) => path.replace('/repos/acme/cloud', ''));

const inAnHour = (): string => String(Math.round(Date.now() / 1_000) + 3_600);

test('reads a list, and the file behind a redirect', async () => {
  const fake = await aRepository();
  const github = clientOf(fake);
  expect(await analyses(github)).toMatchObject([{ created_at: uploaded }]);
  expect((await github.download('actions/artifacts/0/zip', 1_000)).subarray(0, 2).toString()).toBe('PK');
});

test('the token goes to the API, and not to the host that it redirects to', async () => {
  const fake = await aRepository();
  const storage = await aRepository();
  const location = `${storage.environment['GITHUB_API_URL']}/storage/0?signature=a%2Fb`;
  fake.instead.push({ path: '/zip', answer: { status: 302, headers: { location } } });
  const zip = await clientOf(fake).download('actions/artifacts/0/zip', 1_000);
  expect(zip.length).toBeGreaterThan(0);
  expect(fake.requests).toMatchObject([{ authorization: `Bearer ${token}` }]);
  expect(storage.requests).toEqual([{ path: '/storage/0', authorization: undefined }]);
});

test('the token stays with the API where a repository has moved', async () => {
  const fake = await aRepository();
  const location = '/repos/acme/cloud/code-scanning/analyses?ref=refs%2Fheads%2Fmain&tool_name=Trailproof';
  fake.instead.push({ path: 'code-scanning', answer: { status: 301, headers: { location } } });
  expect(await analyses(clientOf(fake))).toMatchObject([{ created_at: uploaded }]);
  expect(fake.requests.map(({ authorization }) => authorization)).toEqual([`Bearer ${token}`, `Bearer ${token}`]);
});

test('GitHub is reached through the proxy of the environment, with the certificates that it names', async () => {
  const fake = await aRepository();
  const front = await startTlsFront(Number(new URL(fake.environment['GITHUB_API_URL'] ?? '').port), [
    'api.github.test',
  ]);
  const proxy = await startConnectProxy({ to: front.port });
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, AWS_CA_BUNDLE: front.certificate };
  const github = clientOf(fake, { apiUrl: 'https://api.github.test', environment });
  expect(await analyses(github)).toMatchObject([{ created_at: uploaded }]);
  expect(proxy.hosts()).toEqual(['api.github.test:443']);
  const refusing = await startConnectProxy({ status: '403 Forbidden' });
  const url = `http://127.0.0.1:${refusing.port}`;
  const refused = clientOf(fake, { apiUrl: 'https://api.github.test', environment: { HTTPS_PROXY: url } });
  await expect(analyses(refused)).rejects.toThrow(`no answer: the proxy ${url} (HTTPS_PROXY) did not connect to`);
});

describe('asks again', () => {
  test.each<[string, FakeAnswer]>([
    ['after a failure', { status: 500 }],
    ['after a failure of a gateway', { status: 502, body: 'Bad gateway' }],
    [
      'after a secondary rate limit',
      {
        status: 403,
        headers: { 'retry-after': '30' },
        body: '{"message":"You have exceeded a secondary rate limit."}',
      },
    ],
    [
      'after a rate limit that ends soon',
      { status: 429, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' } },
    ],
  ])('%s', async (_when, answer) => {
    const fake = await aRepository();
    fake.instead.push({ path: 'code-scanning', answer: labelled(answer) });
    expect(await analyses(clientOf(fake))).toMatchObject([{ created_at: uploaded }]);
    expect(fake.requests).toHaveLength(2);
  });

  test('for a new address, where the storage fails that the last one named', async () => {
    const fake = await aRepository();
    fake.instead.push({ path: '/storage', answer: { status: 503 } });
    await clientOf(fake).download('actions/artifacts/0/zip', 1_000);
    const both = ['/actions/artifacts/0/zip', '/storage/0'];
    expect(pathsOf(fake)).toEqual([...both, ...both]);
  });

  test('four times in all', async () => {
    const fake = await aRepository();
    for (let count = 0; count < 9; count += 1) fake.instead.push({ path: 'code-scanning', answer: { status: 502 } });
    await expect(analyses(clientOf(fake))).rejects.toThrow('GitHub answered code-scanning/analyses with: 502');
    expect(fake.requests).toHaveLength(4);
  });
});

describe('does not ask again', () => {
  test.each<[string, FakeAnswer, string]>([
    [
      'where it is told to come back in an hour',
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inAnHour() },
        body: '{"message":"API rate limit exceeded"}',
      },
      '403 API rate limit exceeded',
    ],
    [
      'where a limit of an hour has another status',
      {
        status: 429,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inAnHour() },
        body: '{"message":"Too many"}',
      },
      '429 Too many',
    ],
    ['where it is refused', { status: 403, body: '{"message":"Resource not accessible by integration"}' }, '403 Res'],
    ['where the answer is no JSON', { status: 200, body: '<html>' }, 'something that is not JSON'],
  ])('%s', async (_when, answer, why) => {
    const fake = await aRepository();
    fake.instead.push({ path: 'code-scanning', answer: labelled(answer) });
    await expect(analyses(clientOf(fake))).rejects.toThrow(why);
    expect(fake.requests).toHaveLength(1);
  });

  test('for what is too large', async () => {
    const fake = await aRepository();
    const asked = clientOf(fake).download('actions/artifacts/0/zip', 10);
    await expect(asked).rejects.toThrow(new GitHubError('/storage/0 is larger than 10 bytes'));
    expect(fake.requests).toHaveLength(2);
  });

  test('once the job is cancelled, however long the pause would be', async () => {
    const fake = await aRepository();
    const job = new AbortController();
    const answer = labelled({
      status: 403,
      headers: { 'retry-after': '60' },
      body: '{"message":"You have exceeded a secondary rate limit."}',
    });
    fake.instead.push({ path: 'code-scanning', answer });
    const asked = analyses(clientOf(fake, { signal: job.signal, second: 10_000 }));
    while (fake.requests.length === 0) await new Promise(setImmediate);
    job.abort();
    await expect(asked).rejects.toThrow('The job was cancelled.');
    expect(fake.requests).toHaveLength(1);
  });
});

/** As GitHub sends it. */
function labelled(answer: FakeAnswer): FakeAnswer {
  return { ...answer, headers: { ...answer.headers, 'content-type': 'application/json; charset=utf-8' } };
}

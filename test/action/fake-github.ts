import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { zipOf } from './zip.js';

export interface StoredArtifact {
  readonly name?: string;
  readonly created_at: string;
  readonly expired?: boolean;
  readonly branch?: string;
  /** Kept by a run of a fork. */
  readonly fork?: boolean;
  /** The run that kept it; each has one of its own otherwise. */
  readonly runId?: number;
  readonly run?: FakeRun;
  /** Its files, or the zip file itself. */
  readonly files?: Readonly<Record<string, string>>;
  readonly zip?: Buffer;
}

/** What the API says of a run, where it is not one of this workflow, on its schedule. */
export interface FakeRun {
  readonly workflow?: string;
  readonly event?: string;
  readonly repository?: string;
  readonly sha?: string;
  readonly started_at?: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the fake GitHub has of one repository; a test changes it between runs. */
export interface FakeRepository {
  analyses: {
    readonly category: string;
    readonly created_at: string;
    readonly ref?: string;
    readonly tool?: string;
    readonly results_count?: number;
    readonly analysis_key?: string;
    readonly environment?: string;
  }[];
  branches: string[];
  defaultBranch: string;
  artifacts: StoredArtifact[];
  /** Commits that are not on the branch. */
  strange: string[];
  /** Names of tags. */
  tags: string[];
  /** Answers in place of the real ones: each serves one request whose path holds the text. */
  instead: { readonly path: string; readonly answer: FakeAnswer }[];
}

export interface FakeGitHub extends FakeRepository {
  /** Variables of a runner that works for the branch main of this repository. */
  readonly environment: Readonly<Record<string, string>>;
  /** `path authorization`, of the API and of the storage behind it. */
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
}

export const token = 'ghs_notARealToken0123456789';

const commitOfMain = 'a'.repeat(40);

/** A GitHub of one repository, until the test ends. */
export async function startFakeGitHub(given: Partial<FakeRepository> = {}): Promise<FakeGitHub> {
  const server = createServer((request, response) => answer(fake, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const fake: FakeGitHub = {
    analyses: [],
    artifacts: [],
    branches: ['main'],
    defaultBranch: 'main',
    strange: [],
    tags: [],
    instead: [],
    ...given,
    requests: [],
    environment: {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: 'acme/cloud',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_WORKFLOW_REF: 'acme/cloud/.github/workflows/scan.yml@refs/heads/main',
      GITHUB_JOB: 'scan',
      GITHUB_EVENT_NAME: 'schedule',
      GITHUB_SHA: commitOfMain,
      GITHUB_RUN_ID: '999',
      GITHUB_RUN_ATTEMPT: '1',
      'INPUT_GITHUB-TOKEN': token,
    },
  };
  return fake;
}

function answer(fake: FakeGitHub, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', fake.environment['GITHUB_API_URL']);
  // A GitHub of one's own has its API below this path.
  url.pathname = url.pathname.replace(/^\/api\/v3(?=\/)/, '');
  fake.requests.push({ path: url.pathname, authorization: request.headers.authorization });
  const index = fake.instead.findIndex(({ path }) => url.pathname.includes(path));
  const [planned] = index < 0 ? [] : fake.instead.splice(index, 1);
  const { status, body, headers } = planned?.answer ?? real(fake, url, request.headers.authorization);
  response.writeHead(status, headers).end(body);
}

const repository = '/repos/acme/cloud/';

function real(fake: FakeGitHub, url: URL, authorization: string | undefined): FakeAnswer {
  const path = url.pathname;
  const stored = /^\/storage\/(\d+)$/.exec(path)?.[1];
  if (stored !== undefined) return storage(fake, Number(stored), authorization);
  if (authorization !== `Bearer ${token}`) return json({ message: 'Bad credentials' }, 401);
  if (`${path}/` === repository) return json({ full_name: 'acme/cloud', default_branch: fake.defaultBranch });
  if (path === `${repository}code-scanning/analyses`) return analysesOf(fake, url.searchParams);
  if (path === `${repository}actions/artifacts`) return artifactsOf(fake, url.searchParams);
  const run = /\/actions\/runs\/(\d+)$/.exec(path)?.[1];
  if (run !== undefined) return runOf(fake, Number(run));
  const compared = /\/compare\/(\w+)\.\.\.(\w+)$/.exec(path)?.[1];
  if (compared !== undefined) return json({ status: fake.strange.includes(compared) ? 'diverged' : 'ahead' });
  const [, kind, name = ''] = /\/git\/ref\/(tags|heads)\/(.+)$/.exec(path) ?? [];
  if (kind !== undefined && (kind === 'tags' ? fake.tags : fake.branches).includes(name))
    return json({ ref: `refs/${kind}/${name}` });
  const zipped = /\/actions\/artifacts\/(\d+)\/zip$/.exec(path)?.[1];
  const artifact = zipped === undefined ? undefined : fake.artifacts[Number(zipped)];
  if (artifact?.expired === true) return json({ message: 'Artifact has expired' }, 410);
  if (artifact !== undefined) return { status: 302, headers: { location: `${url.origin}/storage/${zipped}` } };
  return json({ message: 'Not Found' }, 404);
}

function storage({ artifacts }: FakeRepository, id: number, authorization: string | undefined): FakeAnswer {
  // A signed address refuses a second way to sign in.
  if (authorization !== undefined) return { status: 400 };
  const { zip, files = {} } = artifacts[id] ?? {};
  return { status: 200, body: zip ?? zipOf(files, { streamed: true }) };
}

function analysesOf({ analyses }: FakeRepository, query: URLSearchParams): FakeAnswer {
  const found = analyses
    .map((it) => ({ ref: 'refs/heads/main', ...it }))
    .filter(({ ref }) => [ref, null].includes(query.get('ref')))
    .filter(({ tool = 'Trailproof' }) => tool === query.get('tool_name'))
    .toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return found.length === 0 ? json({ message: 'no analysis found' }, 404) : json(paged(found, query));
}

function runOf({ artifacts }: FakeRepository, runId: number): FakeAnswer {
  const index = artifacts.findIndex((it, id) => (it.runId ?? 1000 + id) === runId);
  const artifact = artifacts[index];
  if (artifact === undefined) return json({ message: 'Not Found' }, 404);
  const {
    workflow = '.github/workflows/scan.yml',
    event = 'schedule',
    sha = commitOfMain,
    ...run
  } = artifact.run ?? {};
  const fullName = run.repository ?? (artifact.fork === true ? 'fork/cloud' : 'acme/cloud');
  return json({
    id: runId,
    path: workflow,
    event,
    head_branch: artifact.branch ?? 'main',
    head_sha: sha,
    head_repository: { full_name: fullName },
    ...(run.started_at === undefined ? {} : { run_started_at: run.started_at }),
  });
}

function artifactsOf({ artifacts }: FakeRepository, query: URLSearchParams): FakeAnswer {
  const found = artifacts
    .flatMap(({ name = 'cloudtrail-compliance', branch = 'main', fork, runId, ...artifact }, id) =>
      name === query.get('name')
        ? [
            {
              id,
              name,
              created_at: artifact.created_at,
              expired: artifact.expired === true,
              workflow_run: {
                id: runId ?? 1000 + id,
                repository_id: 7,
                head_repository_id: fork === true ? 8 : 7,
                head_branch: branch,
              },
            },
          ]
        : [],
    )
    // The newest come first.
    .toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return json({ total_count: found.length, artifacts: paged(found, query) });
}

function paged<T>(entries: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  return entries.slice((page - 1) * size, page * size);
}

function json(body: unknown, status = 200): FakeAnswer {
  return { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

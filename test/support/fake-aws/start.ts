import { devNull } from 'node:os';
import { once } from 'node:events';
import { queriesIn } from './services/athena.js';
import { insightsQueriesIn } from './services/insights.js';
import { lakeQueriesIn } from './services/lake.js';
import type { Behavior } from './services/call.js';
import { answerCall, type FakeState } from './server/answer-call.js';
import { Faults, type Fault } from './server/faults.js';
import { httpServer, type Delivery } from './server/http-server.js';
import { Quotas, type QuotaOptions } from './server/quotas.js';
import { readRequest, type RawRequest } from './server/read-request.js';
import { RequestLog, type CountKey, type RecordedCall } from './server/request-log.js';
import { Sessions, userAccessKeyId, type IssuedSession } from './server/sessions.js';
import { indexWorld, type WorldIndex } from './world/index-world.js';
import { leaderRegion } from './world/regions.js';
import type { World } from './world/world.js';

export interface FakeAwsOptions extends Partial<Behavior> {
  readonly faults?: readonly Fault[];
  /** AWS's published quotas to be enforced; none unless told otherwise. */
  readonly quotas?: QuotaOptions;
  /** Milliseconds that each answer takes. */
  readonly latency?: number;
  /** `counts` keeps no list of calls, for long runs. */
  readonly record?: 'calls' | 'counts';
  /** 0: any that is free. */
  readonly port?: number;
  /** Milliseconds since 1970: expiry and quotas go by it. */
  readonly now?: () => number;
  /** Milliseconds by which the clock of AWS is ahead of the one here; with it, the times of requests are checked. */
  readonly ahead?: number;
  /** Told of each request that the fault `timeout` meets, once it has come: nothing will answer it. */
  readonly onTimeout?: (headers: RawRequest['headers']) => void;
}

export interface CallerChoice {
  /** The management account, or the first account of a world without an organization. */
  readonly accountId?: string;
  /** A session of that role instead of the account's user. */
  readonly roleName?: string;
  readonly region?: string;
}

export interface FakeAws {
  /** `http://127.0.0.1:PORT`; also reached as `localhost` and `anything.localhost`. */
  readonly endpoint: string;
  readonly port: number;
  /** The variables that make an AWS SDK or CLI call the fake as that caller, and nothing else. */
  readonly environment: (caller?: CallerChoice) => Readonly<Record<string, string>>;
  readonly calls: () => readonly RecordedCall[];
  readonly countBy: (key: CountKey) => Readonly<Record<string, number>>;
  /** Calls that were no reads. */
  readonly writes: readonly RecordedCall[];
  /** The queries that were started, in order. */
  readonly queries: () => readonly { readonly sql: string; readonly isStopped: boolean }[];
  /** Calls that the fake cannot answer: reads that nobody has built yet. */
  readonly unknown: readonly RecordedCall[];
  /** What AssumeRole issued, in order. */
  readonly sessions: () => readonly IssuedSession[];
  /** Replaces the faults in force; their counting starts anew. */
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Stops at once, open connections and all. Rejects when there was a write, as no test may pass that wrote. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a fake AWS on the loopback interface.
 *
 * @throws Error when the world contradicts itself or a fault can never be met.
 */
export async function startFakeAws(world: World, options: FakeAwsOptions = {}): Promise<FakeAws> {
  const { latency = 0, ahead } = options;
  const now = options.now ?? (() => Date.now() + (ahead ?? 0));
  const index = indexWorld(world);
  const sessions = new Sessions(index, now);
  const faults = new Faults();
  faults.set(options.faults ?? []);
  const quotas = new Quotas(options.quotas ?? {}, now);
  const log = new RequestLog(options.record ?? 'calls');
  const writes: RecordedCall[] = [];
  const unknown: RecordedCall[] = [];
  const state: FakeState = {
    index,
    sessions,
    faults,
    quotas,
    behavior: behaviorOf(options),
    now,
    checksTimes: ahead !== undefined,
  };
  let requests = 0;
  let endpoint = '';
  const environment = (caller: CallerChoice): Readonly<Record<string, string>> =>
    environmentOf(index, sessions, endpoint, caller);

  const respond = (raw: RawRequest): Delivery => {
    if (raw.url === '/__calls') return plain(200, JSON.stringify(log.countBy('operation')));
    if (raw.url === '/__environment') return plain(200, JSON.stringify(environment({})));
    requests += 1;
    const requestId = `00000000-0000-4000-8000-${requests.toString(16).padStart(12, '0')}`;
    const request = readRequest(raw);
    if (typeof request === 'string') return plain(403, `The fake AWS does not understand: ${request}.`);
    const reply = answerCall(state, raw, request, requestId);
    const { service, operation, region } = request;
    const { accountId, resource, outcome } = reply;
    const userAgent = raw.headers['user-agent'] ?? '';
    const call = { service, operation, accountId, region, userAgent, resource, outcome, at: now() };
    log.add(call);
    if (request.isWrite && !isChosen(world, call)) writes.push(call);
    else if (outcome === 'UnknownOperation') unknown.push(call);
    if (reply.delivery === 'timeout') options.onTimeout?.(raw.headers);
    return { ...reply, delay: reply.delay + latency };
  };

  const server = httpServer(respond);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake AWS has no port.');
  endpoint = `http://127.0.0.1:${address.port}`;
  return {
    endpoint,
    port: address.port,
    environment: (caller = {}) => environment(caller),
    calls: () => log.calls(),
    queries: () => [...queriesIn(index), ...lakeQueriesIn(index), ...insightsQueriesIn(index)],
    countBy: (key) => log.countBy(key),
    writes,
    unknown,
    sessions: () => sessions.issued(),
    setFaults: (next) => faults.set(next),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      if (writes.length === 0) return;
      const names = writes.map((call) => `${call.service}:${call.operation} in ${call.accountId}`);
      throw new Error(`Something tried to write to AWS: ${names.join(', ')}.`);
    },
  };
}

/** Starting and stopping a query is no write where a world runs them: whoever lets it lets them be asked. */
function isChosen({ athena, lake, insights }: World, { service, operation }: RecordedCall): boolean {
  if (service === 'athena') return athena !== undefined && /^(Start|Stop)QueryExecution$/.test(operation);
  if (service === 'logs') return insights !== undefined && /^(Start|Stop)Query$/.test(operation);
  return service === 'cloudtrail' && lake !== undefined && /^(Start|Cancel)Query$/.test(operation);
}

function behaviorOf(options: FakeAwsOptions): Behavior {
  return {
    accountFields: options.accountFields ?? ['Paths', 'State'],
    listTrailsInMembers: options.listTrailsInMembers ?? 'with-organization-trails',
    selectorsInMembers: options.selectorsInMembers ?? 'arn-invalid',
    pageSizes: options.pageSizes ?? {},
    sessionSeconds: options.sessionSeconds,
    lookupTokensExpireAt: options.lookupTokensExpireAt,
    athena: options.athena ?? {},
    lake: options.lake ?? {},
    insights: options.insights ?? {},
  };
}

function environmentOf(
  index: WorldIndex,
  sessions: Sessions,
  endpoint: string,
  caller: CallerChoice,
): Readonly<Record<string, string>> {
  const { world } = index;
  const accountId = caller.accountId ?? world.organization?.managementAccountId ?? world.accounts[0]?.id ?? '';
  const common = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: caller.region ?? leaderRegion(world.partition),
    AWS_EC2_METADATA_DISABLED: 'true',
    // The settings of whoever runs the tests must not take part; empty is as good as not set.
    AWS_PROFILE: '',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_CA_BUNDLE: '',
  };
  const account = index.accounts.get(accountId);
  if (account === undefined) throw new Error(`The world has no account ${accountId}.`);
  if (caller.roleName === undefined) {
    const secret = { AWS_SECRET_ACCESS_KEY: 'example-secret-access-key' };
    return { ...common, AWS_ACCESS_KEY_ID: userAccessKeyId(accountId), ...secret, AWS_SESSION_TOKEN: '' };
  }
  const role = account.roles.find((it) => it.name === caller.roleName);
  if (role === undefined) throw new Error(`Account ${accountId} has no role ${caller.roleName}.`);
  const callerArn = `arn:${world.partition}:iam::${accountId}:root`;
  const session = sessions.issue({ accountId, role, sessionName: 'test', seconds: 3600, callerArn });
  return {
    ...common,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
  };
}

function plain(status: number, body: string): Delivery {
  return {
    answer: { status, headers: { 'content-type': 'application/json' }, body },
    delivery: 'whole',
    delay: 0,
  };
}

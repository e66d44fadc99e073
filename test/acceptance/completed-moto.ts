import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** The Regions of each account here: two that are on, which keeps runs short, and one that is not. */
const regions = [
  { RegionName: 'eu-west-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
  { RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
  { RegionName: 'af-south-1', RegionOptStatus: 'DISABLED' },
];

interface Completion {
  readonly asks: (request: IncomingMessage) => boolean;
  readonly type: string;
  readonly body: string;
}

/** What moto has no answer for, in the form that AWS documents. */
const completions: readonly Completion[] = [
  // https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
  {
    asks: ({ url }) => url === '/listRegions',
    type: 'application/json',
    body: JSON.stringify({ Regions: regions }),
  },
  // moto refuses the service principal of CloudTrail.
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html
  {
    asks: ({ headers }) => String(headers['x-amz-target']).endsWith('.ListDelegatedAdministrators'),
    type: 'application/x-amz-json-1.1',
    body: JSON.stringify({ DelegatedAdministrators: [] }),
  },
  // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListEventDataStores.html
  {
    asks: ({ headers }) => String(headers['x-amz-target']).endsWith('.ListEventDataStores'),
    type: 'application/x-amz-json-1.1',
    body: JSON.stringify({ EventDataStores: [] }),
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html
  {
    asks: ({ headers }) => String(headers['x-amz-target']).endsWith('.ListAlarmMuteRules'),
    type: 'application/x-amz-json-1.0',
    body: JSON.stringify({ AlarmMuteRuleSummaries: [] }),
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html
  {
    asks: ({ method, url = '' }) => method === 'GET' && url.includes('?requestPayment'),
    type: 'application/xml',
    body:
      '<RequestPaymentConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
      '<Payer>BucketOwner</Payer></RequestPaymentConfiguration>',
  },
];

/**
 * moto takes no MFA device: a bucket that is versioned there has MFA delete, too.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html
 */
const amendment = {
  asks: ({ method, url = '' }: IncomingMessage) => method === 'GET' && url.includes('?versioning'),
  of: (body: string) => body.replace('<Status>Enabled</Status>', '$&<MfaDelete>Enabled</MfaDelete>'),
};

export interface CompletedMoto {
  /** Those that are on. */
  readonly regions: readonly string[];
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** Stands before moto and answers the few calls that it does not know; all else is moto's answer. */
export async function startCompletedMoto(target: string): Promise<CompletedMoto> {
  const server = createServer((incoming, outgoing) => {
    const completion = completions.find((it) => it.asks(incoming));
    if (completion === undefined) return pass(target, incoming, outgoing);
    incoming.resume();
    outgoing.writeHead(200, {
      'content-type': completion.type,
      'x-amzn-requestid': 'completed',
      'x-amz-request-id': 'completed',
    });
    outgoing.end(completion.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    regions: regions.filter((it) => it.RegionOptStatus !== 'DISABLED').map((it) => it.RegionName),
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The Host header is passed on: S3 Control puts the account there. */
function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { hostname, port } = new URL(target);
  const { method, url, headers } = incoming;
  const passed = send({ hostname, port, method, path: url, headers }, (answer) => {
    if (amendment.asks(incoming)) return void amend(answer, outgoing);
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', (error) => outgoing.destroy(error));
  incoming.pipe(passed);
}

async function amend(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = amendment.of(await text(answer));
  outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

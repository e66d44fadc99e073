import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** A request that went to AWS, as the protocols name it. */
export interface RecordedAction {
  /** `ListTrails`; of S3, which names none, the method and path. */
  readonly action: string;
  /** Of AssumeRole: which. */
  readonly roleArn?: string;
}

export interface RecordingProxy {
  readonly endpoint: string;
  readonly actions: RecordedAction[];
  readonly stop: () => Promise<void>;
}

/**
 * Stands between the run and moto: notes each request, and refuses to let roles of some accounts be assumed, as moto
 * lets anyone assume any role, even one that does not exist.
 */
export async function startRecordingProxy(
  target: string,
  closedAccounts: ReadonlySet<string>,
): Promise<RecordingProxy> {
  const actions: RecordedAction[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const recorded = actionOf(incoming, body.toString('utf8'));
      actions.push(recorded);
      const account = recorded.roleArn?.split(':')[4];
      if (account !== undefined && closedAccounts.has(account)) refuse(outgoing, recorded.roleArn ?? '');
      else pass(target, incoming, body, outgoing);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    actions,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** JSON services name the action in a header, STS in a form; S3 and Account Management have methods and paths. */
function actionOf({ method = '', url = '', headers }: IncomingMessage, body: string): RecordedAction {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return { action: target.slice(target.lastIndexOf('.') + 1) };
  const form = new URLSearchParams(body);
  const action = form.get('Action') ?? `${method} ${url.split('?')[0]}`;
  const roleArn = form.get('RoleArn');
  return roleArn === null ? { action } : { action, roleArn };
}

function refuse(outgoing: ServerResponse, roleArn: string): void {
  const message = `User: arn:aws:iam::123456789012:user/auditor is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
  outgoing.writeHead(403, { 'content-type': 'text/xml', 'x-amzn-requestid': 'example' });
  outgoing.end(
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>` +
      `<Code>AccessDenied</Code><Message>${message}</Message></Error><RequestId>example</RequestId></ErrorResponse>`,
  );
}

/** The Host header is passed on: S3 Control puts the account there. */
function pass(target: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
  const { hostname, port } = new URL(target);
  const { method, url, headers } = incoming;
  const passed = send({ hostname, port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', (error) => outgoing.destroy(error));
  passed.end(body);
}

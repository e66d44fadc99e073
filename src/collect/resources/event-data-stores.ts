import { parseArn } from '../../model/identifiers.js';
import type { EventDataStore } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import { normalizeEventDataStore, MalformedAnswer, required } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

export interface OwnedEventDataStores {
  /** ARNs of the stores; unknown when a Region could not be asked: then there may be more than were found. */
  readonly arns: Known<readonly string[]>;
  readonly found: readonly EventDataStore[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** The event data stores of an account in the given Regions. The list tells names only, so each is read. */
export async function readEventDataStores(
  context: Context,
  session: Session,
  regions: readonly string[],
): Promise<OwnedEventDataStores> {
  const lists = await Promise.all(regions.map((region) => listEventDataStores(context, session, region)));
  const arns = lists.flatMap((list) => (list.it.state === 'known' ? list.it.value : list.partial));
  const found = await Promise.all(arns.map((arn) => readEventDataStore(context, session, arn)));
  const gap = lists.map((list) => list.it).find((it): it is Unknown => it.state === 'unknown');
  const evidence = Object.assign({}, ...lists.map((list) => list.evidence));
  return { arns: gap ?? known(arns.toSorted()), found, evidence };
}

async function listEventDataStores(
  context: Context,
  session: Session,
  region: string,
): Promise<Answer<readonly string[]> & { readonly partial: readonly string[] }> {
  return await context.aws.askAll(
    session,
    'cloudtrail:ListEventDataStores',
    {},
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ NextToken }),
      items: (output) =>
        required(output.EventDataStores, 'EventDataStores').map((it) =>
          required(it.EventDataStoreArn, 'EventDataStoreArn'),
        ),
    },
  );
}

async function readEventDataStore(context: Context, session: Session, arn: string): Promise<EventDataStore> {
  const parsed = parseArn(arn);
  if (parsed === undefined) throw new MalformedAnswer(`'${arn}' is not an ARN.`);
  let name = parsed.resource.replace(/^eventdatastore\//, '');
  const input = { EventDataStore: arn };
  const place = { region: parsed.region, resource: arn };
  const details = await context.aws.ask(session, 'cloudtrail:GetEventDataStore', input, place, (output) => {
    name = output.Name ?? name;
    return normalizeEventDataStore(output);
  });
  return {
    arn,
    name,
    accountId: parsed.accountId,
    region: parsed.region,
    details: details.it,
    evidence: details.evidence,
  };
}

import type { Partition } from '../../model/identifiers.js';
import type { Unknown } from '../../model/known.js';
import { chosenTypes, listedKinds, type ChosenType } from '../../model/resource-kinds.js';
import type { Aws } from '../aws/aws-call.js';
import type { Identity } from '../aws/identity.js';
import { everyAccessPoint } from '../aws/operations/choices.js';
import type { Session } from '../aws/session.js';
import { Sessions, type EnterOptions } from '../aws/sessions.js';

/** What all reading modules of a live run share. */
export interface Context {
  readonly aws: Aws;
  readonly sessions: Sessions;
  readonly partition: Partition;
  /** The run's own Region, for what no other Region is better for. */
  readonly region: string;
  readonly limit: Limiter;
  /** Each account is asked for AWS Config's recorder in each of its Regions. */
  readonly asksRecorders: boolean;
  /** Accounts from which the organization's trails can be changed are asked who holds full access in them. */
  readonly asksFullAccess: boolean;
  /** The same accounts are asked whose policies let them change trails. */
  readonly asksTrailRights: boolean;
  /** Access points of each log bucket are asked for, and not only where its policy leaves access to them. */
  readonly asksEveryAccessPoint: boolean;
  /** Kinds that each account is asked for because a policy asks. */
  readonly chosen: ReadonlySet<ChosenType>;
  /** Gaps for what is not asked for unless a verdict needs it: one for all accounts. */
  readonly notAsked: { readonly regions: Unknown; readonly publicAccessBlock: Unknown };
}

/** How accounts are entered, and how many at once. */
export interface ContextOptions extends Omit<EnterOptions, 'partition'> {
  readonly concurrency: number;
  readonly deep: boolean;
}

/** What a run shares, once it is known who is calling. */
export function makeContext(aws: Aws, base: Session, identity: Identity, options: ContextOptions, at: Date): Context {
  const { region, roleName, externalId } = options;
  const { settings } = aws;
  const notAsked = (call: string, message: string) =>
    settings.ledger.addGap({ call, accountId: '*', region: 'global' }, { reason: 'not-collected', message }, at);
  return {
    aws,
    sessions: new Sessions(aws, base, { partition: identity.partition, region, roleName, externalId }),
    partition: identity.partition,
    region,
    limit: limiter(options.concurrency),
    asksRecorders: asksRecorders(aws, options),
    asksFullAccess: aws.isSelected('iam:ListEntitiesForPolicy'),
    asksTrailRights: aws.isSelected('iam:GetAccountAuthorizationDetails'),
    asksEveryAccessPoint: settings.calls?.has(everyAccessPoint) === true,
    chosen: new Set(chosenTypes.filter((kind) => listedKinds[kind].readBy.some((call) => settings.calls?.has(call)))),
    notAsked: {
      regions: notAsked(
        'account:ListRegions',
        'The enabled Regions of an account are read only where one of them decides; --deep reads all.',
      ),
      publicAccessBlock: notAsked(
        's3control:GetPublicAccessBlock',
        "An account's Block Public Access is read only in accounts that own a log bucket.",
      ),
    },
  };
}

/** Where calls are chosen, a policy asks for recorders: for just any run they would be ten times the calls of all else. */
function asksRecorders(aws: Aws, { deep }: ContextOptions): boolean {
  return aws.settings.calls === undefined ? deep : aws.isSelected('config:DescribeConfigurationRecorders');
}

/** Runs at most so many of the given tasks at once; the order of the results is that of the items. */
export type Limiter = <T, U>(items: readonly T[], task: (item: T) => Promise<U>) => Promise<U[]>;

/** A limiter whose places are shared by all lists that go through it. */
export function limiter(places: number): Limiter {
  let free = places;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (items, task) =>
    await Promise.all(
      items.map(async (item) => {
        await enter();
        try {
          return await task(item);
        } finally {
          leave();
        }
      }),
    );
}

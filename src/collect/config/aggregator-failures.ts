import type { Unknown } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { InputOf } from '../aws/operations/index.js';
import type { Context } from '../run/context.js';

const call = 'config:DescribeConfigurationAggregatorSourcesStatus';

/** A source of an aggregator whose data is not the most recent, or does not arrive. */
interface Failure {
  /** Undefined: all that the source has. */
  readonly region: string | undefined;
  readonly text: string;
}

/**
 * What of an aggregator's data AWS itself calls FAILED or OUTDATED. It keeps what it had before, and answers with it
 * as if it were the present.
 * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_AggregatedSourceStatus.html
 */
export class SourceFailures {
  /** @param refused why nobody said which sources fail: then any of them may */
  constructor(
    private readonly context: Context,
    private readonly aggregator: string,
    private readonly byAccount: ReadonlyMap<string, readonly Failure[]>,
    private readonly ofAll: readonly string[],
    private readonly refused: Unknown | undefined,
  ) {}

  /**
   * Why what the aggregator has of an account, or of a Region of it, may not be the present.
   *
   * @param region `global` and undefined: of any Region
   */
  why(accountId: string, region?: string): Unknown | undefined {
    const own = (this.byAccount.get(accountId) ?? [])
      .filter((it) => region === undefined || region === 'global' || (it.region ?? region) === region)
      .map((it) => it.text);
    if (own.length > 0) return this.note(accountId, region ?? 'global', `account ${accountId}`, own);
    if (this.ofAll.length > 0) return this.note('*', 'global', 'the organization', this.ofAll);
    return this.refused;
  }

  /** Whether AWS said that data of the account fails. */
  has(accountId: string): boolean {
    return this.byAccount.has(accountId);
  }

  private note(accountId: string, region: string, whose: string, texts: readonly string[]): Unknown {
    const { ledger, clock } = this.context.aws.settings;
    const message = `What aggregator ${this.aggregator} has of ${whose} is not up to date: ${texts.toSorted().join('; ')}`;
    const asked = { call, accountId, region, resource: this.aggregator };
    return ledger.addGap(asked, { reason: 'error', message }, new Date(clock.now()));
  }
}

/** Asks which sources of an aggregator fail. */
export async function readFailures(context: Context, aggregator: string): Promise<SourceFailures> {
  const input: InputOf<typeof call> = {
    ConfigurationAggregatorName: aggregator,
    UpdateStatus: ['FAILED', 'OUTDATED'],
    Limit: 100,
  };
  const { it, partial } = await context.aws.askAll(
    context.sessions.base,
    call,
    input,
    { region: context.region, resource: aggregator },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.AggregatedSourceStatusList, 'AggregatedSourceStatusList'),
    },
  );
  const byAccount = new Map<string, Failure[]>();
  const ofAll: string[] = [];
  for (const { SourceId: id, SourceType, AwsRegion, LastUpdateStatus, LastErrorCode, LastErrorMessage } of partial) {
    // An answer may hold sources that nobody asked for.
    if (LastUpdateStatus === 'SUCCEEDED') continue;
    const text = [AwsRegion, LastUpdateStatus, LastErrorMessage ?? LastErrorCode]
      .filter((part) => part !== undefined)
      .join(' ');
    if (id === undefined || SourceType === 'ORGANIZATION' || id.startsWith('o-')) ofAll.push(text);
    else byAccount.set(id, [...(byAccount.get(id) ?? []), { region: AwsRegion, text }]);
  }
  const refused = it.state === 'unknown' ? it : undefined;
  return new SourceFailures(context, aggregator, byAccount, ofAll, refused);
}

import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { InterruptedError, UsageError } from '../../model/errors.js';
import { parseArn } from '../../model/identifiers.js';
import type { GroupTrail, InsightsGroup } from '../../model/insights.js';
import type { Known } from '../../model/known.js';
import {
  normalizeEventSelectors,
  normalizeLogGroup,
  normalizeTrail,
  normalizeTrailStatus,
  required,
} from '../../normalize/index.js';
import type { Failure } from '../aws/classify-error.js';
import type { CallPath } from '../queries/run-query.js';

/**
 * A log group, and the trails that write to it, as the account sees them in its Region.
 *
 * @throws UsageError when there is no such group, or it masks what it holds
 */
export async function describeGroup(path: CallPath, region: string, name: string): Promise<InsightsGroup> {
  const group = await findGroup(path, region, name);
  const arn = required(group.arn, 'LogGroup.arn').replace(/:\*$/, '');
  if (
    group.dataProtectionStatus === 'ACTIVATED' ||
    group.inheritedProperties?.includes('ACCOUNT_DATA_PROTECTION') === true
  ) {
    throw new UsageError(
      `Log group ${arn} masks data by a data protection policy: its events are not as CloudTrail wrote them.`,
      'Read the log files, as in --source s3://BUCKET/PREFIX.',
    );
  }
  const unknown: string[] = [];
  const { logGroupClass = 'STANDARD' } = group;
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
  if (logGroupClass !== 'STANDARD') {
    unknown.push(
      `Log group ${arn} is of the class ${logGroupClass}, in which Logs Insights finds no fields: of which hours it holds events is not told.`,
    );
  }
  const trails = await trailsOf(path, region, arn, unknown);
  return {
    arn,
    account: parseArn(arn)?.accountId ?? '',
    region,
    createdAt: group.creationTime,
    retentionDays: normalizeLogGroup(group).retentionInDays,
    trails,
    unknown,
  };
}

async function findGroup({ aws, session }: CallPath, region: string, name: string): Promise<LogGroup> {
  const input = { logGroupNamePrefix: name };
  const answer = await aws.askAll(
    session,
    'logs:DescribeLogGroups',
    input,
    { region },
    {
      items: (it) => it.logGroups ?? [],
      token: (it) => it.nextToken,
      next: (token) => ({ ...input, nextToken: token }),
    },
  );
  if (aws.settings.signal.aborted) throw new InterruptedError('Interrupted before the log group was described.');
  const found = answer.partial.find((it) => it.logGroupName === name);
  if (found !== undefined) return found;
  if (answer.failure === undefined) {
    throw new UsageError(
      `There is no log group ${name} in ${region}, in the account of the caller.`,
      'Check --source insights:LOG_GROUP, the credentials and the Region (AWS_REGION), or name its ARN.',
    );
  }
  const { message, reason } = answer.failure;
  throw new UsageError(
    `Log group ${name} could not be described (${region}): ${message}`,
    reason === 'access-denied' ? 'trailproof permissions --insights prints what is needed.' : 'Try again.',
  );
}

async function trailsOf(
  { aws, session }: CallPath,
  region: string,
  group: string,
  unknown: string[],
): Promise<readonly GroupTrail[]> {
  // Multi-Region trails of other home Regions, and those of the organization, are seen as shadows.
  const described = await aws.read(
    session,
    'cloudtrail:DescribeTrails',
    { includeShadowTrails: true },
    { region },
    (it) =>
      required(it.trailList, 'trailList').map((trail) => ({
        arn: required(trail.TrailARN, 'TrailARN'),
        homeRegion: required(trail.HomeRegion, 'HomeRegion'),
        description: normalizeTrail(trail),
      })),
  );
  const all = valueOf(described, `Which trails write to log group ${group}`, unknown) ?? [];
  const trails: GroupTrail[] = [];
  for (const { arn, homeRegion, description } of all) {
    if (description.cloudWatchLogsLogGroupArn !== group) continue;
    const place = { region: homeRegion };
    const account = parseArn(arn)?.accountId ?? '';
    if (account !== parseArn(group)?.accountId) {
      unknown.push(
        `Trail ${arn} is of account ${account}: what it selects, and whether it logs, its owner alone is told.`,
      );
    }
    const status = await aws.read(session, 'cloudtrail:GetTrailStatus', { Name: arn }, place, normalizeTrailStatus);
    const selectors = await aws.read(
      session,
      'cloudtrail:GetEventSelectors',
      { TrailName: arn },
      place,
      normalizeEventSelectors,
    );
    trails.push({
      arn,
      account,
      homeRegion,
      description,
      status: valueOf(status, `Whether trail ${arn} logs`, unknown),
      selectors: valueOf(selectors, `Which events trail ${arn} selects`, unknown),
    });
  }
  return trails;
}

function valueOf<T>(
  answer: { readonly it: Known<T> } | { readonly failure: Failure },
  what: string,
  unknown: string[],
): T | undefined {
  if ('failure' in answer) unknown.push(`${what} could not be read: ${answer.failure.message}`);
  else if (answer.it.state === 'known') return answer.it.value;
  else unknown.push(`${what} is not known: AWS says that there is none.`);
  return undefined;
}

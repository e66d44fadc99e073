import { parseArn } from '../../model/identifiers.js';
import type { LogGroup } from '../../model/inventory.js';
import { absent } from '../../model/known.js';
import { normalizeLogGroup, required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';

/** Reads each log group once, in the account and Region of its ARN. */
export async function readLogGroups(context: Context, arns: readonly string[]): Promise<LogGroup[]> {
  return await context.limit([...new Set(arns)], async (arn) => await readLogGroup(context, arn));
}

async function readLogGroup(context: Context, arn: string): Promise<LogGroup> {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const name = resource.replace(/^log-group:/, '');
  const group = { arn, name, accountId, region };
  if (!context.aws.isSelected('logs:DescribeLogGroups')) {
    return { ...group, details: context.aws.notSelected('logs:DescribeLogGroups'), evidence: {} };
  }
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { ...group, details: entered.gap, evidence: {} };
  const input = { logGroupNamePrefix: name };
  const pages = context.aws.pages(
    entered.session,
    'logs:DescribeLogGroups',
    input,
    { region, resource: arn },
    {
      token: (output) => output.nextToken,
      next: (nextToken) => ({ ...input, nextToken }),
      items: (output) =>
        required(output.logGroups, 'logGroups').map((it) => ({
          name: required(it.logGroupName, 'logGroupName'),
          details: normalizeLogGroup(it),
        })),
    },
  );
  let evidence: LogGroup['evidence'] = {};
  // The prefix may match other log groups, too; the exact name is among the first, as AWS sorts by name.
  for await (const page of pages) {
    ({ evidence } = page);
    if (page.it.state !== 'known') return { ...group, details: page.it, evidence };
    const found = page.it.value.find((it) => it.name === name);
    if (found !== undefined) return { ...group, details: { state: 'known', value: found.details }, evidence };
  }
  return { ...group, details: absent, evidence };
}

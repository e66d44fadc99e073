import type { FlowLog, Vpc } from '@aws-sdk/client-ec2';
import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { textIn } from '../protocol/input.js';
import { each, leaf, node, xmlDocument } from '../protocol/xml.js';
import { placeOf } from '../world/index-world.js';
import type { WorldVpc } from '../world/resources.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';

export const ec2: Service = {
  name: 'ec2',
  operations: {
    DescribeVpcs: paged('DescribeVpcs', (call) => answer(call, 'vpcSet', vpcsOf(call), ({ vpc }) => members(vpc))),
    DescribeFlowLogs: paged('DescribeFlowLogs', (call) =>
      answer(
        call,
        'flowLogSet',
        vpcsOf(call).flatMap(({ flowLogs }) => flowLogs),
        members,
      ),
    ),
  },
};

function paged(name: string, answerTo: (call: Call) => HttpAnswer): Operation {
  return { action: `ec2:${name}`, isPaged: true, answer: answerTo };
}

function vpcsOf({ index, caller, region }: Call): readonly WorldVpc[] {
  return index.vpcs.get(placeOf(caller.accountId, region)) ?? [];
}

/** EC2 writes the names of members with a small first letter. */
function members(it: Vpc | FlowLog): string {
  return Object.entries(it)
    .map(([name, value]) => leaf(name.charAt(0).toLowerCase() + name.slice(1), value as string | boolean | undefined))
    .join('');
}

function answer<T>(call: Call, set: string, all: readonly T[], inner: (it: T) => string): HttpAnswer {
  const page = pageOf(call, all, {
    token: textIn(call.input, 'NextToken'),
    size: Number(textIn(call.input, 'MaxResults') ?? 1000),
    badToken: () => new ServiceError(400, 'InvalidNextToken', 'The nextToken is not valid.'),
  });
  const body = xmlDocument(
    `${call.operation}Response`,
    'http://ec2.amazonaws.com/doc/2016-11-15/',
    leaf('requestId', call.requestId),
    node(set, each('item', page.items, inner)),
    leaf('nextToken', page.next),
  );
  return { status: 200, headers: {}, body };
}

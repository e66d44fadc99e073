import { describe, expect, test } from 'vitest';
import { aDeny, anAllow, type Statement } from '../../../test/support/iam-builders.js';
import {
  absent,
  aTopic,
  known,
  MANAGEMENT,
  MEMBER,
  topicArn,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Topic } from '../../model/inventory.js';
import { noControls } from '../document-reach/index.js';
import { publishing, subscribing, topicReach, type TopicUse } from './index.js';

const organizationId = 'o-example123';
const stranger = '999988887777';
const trail = `arn:aws:cloudtrail:eu-central-1:${MANAGEMENT}:trail/main`;
const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };

function who(topic: Topic, use: TopicUse = publishing) {
  const list = topicReach(topic, use, [trail], {
    partition: 'aws',
    organizationId,
    accountIds: [MANAGEMENT, MEMBER],
    resourceControls: noControls,
    note: ({ message }) => message,
  });
  const granted = list.members.filter((it) => it.isGranted).map((it) => it.class);
  return {
    granted: [...new Set(granted)],
    doubtful: list.doubtful.map(({ value }) => value.class),
    rest: list.rest?.gaps,
  };
}

function topicWith(...statements: readonly Statement[]): Topic {
  return aTopic({ attributes: { policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) } });
}

function publish(elements: Statement): Statement {
  return anAllow({ Action: 'sns:Publish', Resource: topicArn(), ...elements });
}

describe('who may publish', () => {
  const sourceOwner = { StringEquals: { 'AWS:SourceOwner': MANAGEMENT } };
  test.each<[what: string, topic: Topic, granted: readonly string[]]>([
    ['the policy of a new topic', topicWith(publish({ Principal: { AWS: '*' }, Condition: sourceOwner })), []],
    [
      'CloudTrail for this trail',
      topicWith(publish({ Principal: cloudTrail, Condition: { StringEquals: { 'aws:SourceArn': trail } } })),
      ['own-trails'],
    ],
    ['CloudTrail for whichever trail', topicWith(publish({ Principal: cloudTrail })), ['own-trails', 'other-trails']],
    [
      'CloudTrail for trails of the account',
      topicWith(
        publish({
          Principal: cloudTrail,
          Condition: { StringLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${MANAGEMENT}:trail/*` } },
        }),
      ),
      ['own-trails'],
    ],
    [
      'everybody',
      topicWith(publish({})),
      ['own-trails', 'other-trails', 'owner-account', 'organization', 'any-account', 'anonymous'],
    ],
    [
      'everybody with credentials',
      topicWith(publish({ Condition: { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } } })),
      ['owner-account', 'organization', 'any-account'],
    ],
    [
      'everybody from an address',
      topicWith(publish({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })),
      ['owner-account', 'organization', 'any-account', 'anonymous'],
    ],
    [
      'the organization',
      topicWith(publish({ Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } })),
      ['owner-account', 'organization'],
    ],
    [
      'another organization',
      topicWith(publish({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-strangers1' } } })),
      ['external-accounts'],
    ],
    ['a stranger by name', topicWith(publish({ Principal: { AWS: stranger } })), ['external-accounts']],
    [
      'all actions but one',
      topicWith(
        anAllow({ Action: undefined, NotAction: 'sns:Subscribe', Resource: '*', Principal: { AWS: stranger } }),
      ),
      ['external-accounts'],
    ],
    [
      'everybody, less those without TLS',
      topicWith(
        publish({ Principal: { AWS: stranger } }),
        aDeny({ Action: 'sns:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ),
      ['external-accounts'],
    ],
    [
      'a stranger who is denied',
      topicWith(
        publish({ Principal: { AWS: stranger } }),
        aDeny({ Action: 'sns:*', Resource: '*', Principal: { AWS: stranger } }),
      ),
      [],
    ],
  ])('%s', (_, topic, granted) => {
    const found = who(topic);
    expect(found.granted).toEqual(granted);
    expect(found.rest).toBeUndefined();
  });
});

test('of trails, the policy of a new topic may let those of its owner in, never those of others', () => {
  const sourceOwner = { StringEquals: { 'AWS:SourceOwner': MANAGEMENT } };
  const { doubtful, rest } = who(topicWith(publish({ Principal: { AWS: '*' }, Condition: sourceOwner })));
  expect({ doubtful, rest }).toEqual({ doubtful: ['own-trails'], rest: undefined });
});

test('who may subscribe is another question; protocol and endpoint are the choice of who asks', () => {
  const Condition = { StringLike: { 'sns:Endpoint': '*@example.com' } };
  const open = topicWith(anAllow({ Action: 'sns:Subscribe', Resource: topicArn(), Condition }));
  expect(who(open, publishing).granted).toEqual([]);
  expect(who(open, subscribing).granted).toContain('anonymous');
});

test('what is not known stays open; a topic that is gone lets nobody in', () => {
  expect(who(aTopic({ attributes: unknown('refused') })).rest).toEqual(['refused']);
  expect(who(aTopic({ attributes: absent })).rest).toBeUndefined();
  expect(who(aTopic({ attributes: { policy: '{' } })).rest?.[0]).toMatch(/cannot be read/);
  const { policy: _, ...untold } = {
    policy: '',
    owner: MANAGEMENT,
    subscriptionsConfirmed: 1,
    subscriptionsPending: 0,
  };
  expect(who(aTopic({ attributes: known(untold) })).rest?.[0]).toMatch(/SNS did not tell it/);
});

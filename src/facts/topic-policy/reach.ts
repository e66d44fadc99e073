import type { Topic } from '../../model/inventory.js';
import { type DocumentSetting, documentReach, noControls, type Reach } from '../document-reach/index.js';
import { parseIamDocument } from '../iam/index.js';
import { doubt, sure } from '../three-valued.js';
import type { OpenList } from '../values.js';

/** What is asked for of a topic. */
export interface TopicUse {
  /** Tells the questions apart in gaps. */
  readonly name: 'publish' | 'subscribe' | 'administer';
  readonly actions: readonly string[];
}

export const publishing: TopicUse = { name: 'publish', actions: ['sns:Publish'] };
export const subscribing: TopicUse = { name: 'subscribe', actions: ['sns:Subscribe'] };

/** Changes who may use it, or takes it away. */
export const administeringTopic: TopicUse = {
  name: 'administer',
  actions: ['sns:AddPermission', 'sns:DeleteTopic', 'sns:RemovePermission', 'sns:SetTopicAttributes'],
};

/**
 * Who can do something with a topic by its policy. Resource control policies do not reach topics; of identity policies
 * only those of the owner's account do without the topic's policy.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 *
 * @param trails ARNs of those that notify it
 */
export function topicReach(
  { arn, accountId, attributes }: Pick<Topic, 'arn' | 'accountId' | 'attributes'>,
  use: TopicUse,
  trails: readonly string[],
  setting: DocumentSetting,
): OpenList<Reach> {
  const open = (gap: string): OpenList<Reach> => ({ members: [], doubtful: [], rest: doubt([gap]) });
  if (attributes.state === 'absent') return { members: [], doubtful: [] };
  if (attributes.state === 'unknown') return open(attributes.gap);
  const unread = (why: string): OpenList<Reach> => {
    const message = `The policy of topic ${arn} cannot be read. ${why}`;
    return open(setting.note({ call: 'sns:GetTopicAttributes', reason: 'unsupported', message }, use.name));
  };
  const { policy } = attributes.value;
  // Every topic has one; whoever may not see it is not told.
  if (policy === undefined) return unread('SNS did not tell it.');
  const document = parseIamDocument(policy, 'resource');
  if ('problem' in document) return unread(document.problem);
  const asked = {
    document: `the policy of topic ${arn}`,
    call: 'sns:GetTopicAttributes',
    about: use.name,
    ownerAccountId: accountId,
    trails,
    actions: use.actions,
    resourcesIn: () => [arn],
    cutsOff: sure(false),
  };
  return documentReach(document, asked, { ...setting, resourceControls: noControls });
}

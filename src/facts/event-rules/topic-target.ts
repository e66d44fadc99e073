import { parseArn } from '../../model/identifiers.js';
import type { ChainTopic } from '../alarm-chain/index.js';
import { isAllowed, parseIamDocument, service } from '../iam/index.js';
import { delivered, someMessage } from '../message-filter/index.js';
import { topicKeyTrouble } from '../topic-key.js';
import { after, told, undecided, untold, type Reaction } from './reaction.js';
import type { RuleSources, RuleTarget } from './sources.js';

const eventBridge = 'events.amazonaws.com';

/**
 * Whether a topic tells someone of what a rule sends it: it exists, lets EventBridge publish for the rule, also with its
 * key, and someone has confirmed a subscription that takes every message.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export function toTopic(target: RuleTarget, ruleArn: string, sources: RuleSources): Reaction {
  const { arn } = target;
  const topic = sources.topicOf(arn);
  if (topic.state === 'unknown') return undecided(`Topic ${arn} could not be read.`, [topic.gap]);
  if (topic.state === 'absent') return untold('target', `Topic ${arn} of rule ${ruleArn} does not exist.`);
  const { subscriptionsConfirmed } = topic.value;
  const published = publishes(target, ruleArn, topic.value, sources);
  if (published.state === 'untold') return published;
  if (subscriptionsConfirmed === 0) {
    return untold('subscriber', `No one has confirmed a subscription to topic ${arn}.`);
  }
  return after(published, reaches(topic.value, arn, ruleArn, sources));
}

function reaches({ filters }: ChainTopic, arn: string, ruleArn: string, sources: RuleSources): Reaction {
  // What a rule publishes is an event, or what its target makes of one.
  const found = delivered(filters, arn, someMessage(`rule ${ruleArn}`), (resource, message) =>
    sources.noteUnsupported(resource, message),
  );
  switch (found.state) {
    case 'yes':
      return told(`Rule ${ruleArn} notifies topic ${arn}.`);
    case 'no':
      return untold('subscriber', found.why);
    case 'unknown':
      return undecided(found.why, found.gaps);
  }
}

/** Whether the topic gets what the rule sends it. */
function publishes(target: RuleTarget, ruleArn: string, topic: ChainTopic, sources: RuleSources): Reaction {
  const { arn, roleArn } = target;
  const { policy, kmsMasterKeyId, key } = topic;
  const open = (why: string, gaps?: readonly string[]): Reaction =>
    undecided(why, gaps ?? [sources.noteUnsupported(arn, why)]);
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: services need a key with a policy of one's own
  if (kmsMasterKeyId?.endsWith('alias/aws/sns') === true) {
    return untold('target', `Topic ${arn} is encrypted with the key of AWS for SNS, which EventBridge cannot use.`);
  }
  if (key?.state === 'absent') {
    return untold('target', `Topic ${arn} is encrypted with a key that does not exist (${kmsMasterKeyId ?? ''}).`);
  }
  const trouble = topicKeyTrouble(topic, (state) =>
    sources.noteUnsupported(arn, `Whether the key of topic ${arn} can be used is not known (${state}).`),
  );
  if (trouble.state === 'known' && trouble.value !== undefined) {
    return untold('target', `Topic ${arn} is encrypted with a key that cannot be used (${trouble.value}).`);
  }
  const access =
    policy === undefined ? 'unknown' : mayDo(parseIamDocument(policy, 'resource'), ['sns:Publish'], arn, ruleArn);
  if (roleArn === undefined && access === 'never') {
    return untold('target', `The policy of topic ${arn} does not let EventBridge publish for rule ${ruleArn}.`);
  }
  const use =
    key?.state === 'known'
      ? mayDo(parseIamDocument(key.value.policy, 'key'), ['kms:Decrypt', 'kms:GenerateDataKey'], key.value.arn, ruleArn)
      : undefined;
  if (roleArn === undefined && use === 'never') {
    return untold('target', `The policy of the key of topic ${arn} does not let EventBridge use it.`);
  }
  // Publish needs a message group there: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
  if (arn.endsWith('.fifo')) return open(`Whether rules publish to a FIFO topic such as ${arn} is not documented.`);
  if (roleArn !== undefined) return withRole(target, ruleArn, topic, sources);
  if (access !== 'always') {
    return open(
      policy === undefined
        ? `SNS did not give the policy of topic ${arn}.`
        : `Whether the policy of topic ${arn} lets EventBridge publish could not be decided.`,
    );
  }
  if (key?.state === 'unknown') return open(`The policy of the key of topic ${arn} could not be read.`, [key.gap]);
  if (trouble.state === 'unknown') return open(`The state of the key of topic ${arn} is not known.`, trouble.gaps);
  if (kmsMasterKeyId !== undefined && use !== 'always') {
    return open(`Whether EventBridge may use the key of topic ${arn} could not be decided.`);
  }
  return told(`Rule ${ruleArn} notifies topic ${arn}.`);
}

/** With the role that the target names. */
function withRole(
  target: RuleTarget,
  ruleArn: string,
  { policy, kmsMasterKeyId }: ChainTopic,
  sources: RuleSources,
): Reaction {
  const { arn, roleArn = '' } = target;
  const open = (why: string): Reaction => undecided(why, [sources.noteUnsupported(arn, why)]);
  const as = `EventBridge publishes to topic ${arn} as role ${roleArn}`;
  if (policy === undefined) return open(`${as}; SNS did not give the policy of the topic.`);
  const refusal = sources.publishingRefusal?.(target, ruleArn, policy);
  if (refusal === undefined) return open(`${as}, whose permissions are not read.`);
  if (refusal.state === 'unknown') return undecided(`${as}; whether it may is not known.`, refusal.gaps);
  if (refusal.value !== undefined) return untold('target', refusal.value);
  if (kmsMasterKeyId !== undefined) return open(`${as}; whether it may use the key of the topic is not looked at.`);
  return told(`Rule ${ruleArn} notifies topic ${arn}.`);
}

type Access = 'always' | 'never' | 'unknown';
type Document = ReturnType<typeof parseIamDocument>;

/** Each of the actions, for the rule. */
function mayDo(document: Document, actions: readonly string[], resource: string, ruleArn: string): Access {
  const { accountId = '' } = parseArn(ruleArn) ?? {};
  const requester = service(eventBridge, { arn: ruleArn, accountId });
  const answers = actions.map((it) => isAllowed(document, { requester, actions: [it], resources: [resource] }).answer);
  if (answers.includes('never')) return 'never';
  return answers.every((it) => it === 'always') ? 'always' : 'unknown';
}

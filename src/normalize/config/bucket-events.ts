import { isObject } from '../../model/is-object.js';
import type { ReplicationRule } from '../../model/inventory.js';
import { normalizeNotifications, normalizeReplicationRule } from '../bucket.js';
import { MalformedAnswer } from '../malformed-answer.js';
import { objectIn, textIn, type JsonObject } from './json.js';
import { byText } from '../../text/order.js';

/** The rules of a BucketReplicationConfiguration: an object by id, sorted by it. */
export function normalizeReplication(configuration: JsonObject): ReplicationRule[] {
  const rules = objectIn(configuration, 'rules') ?? {};
  return Object.entries(rules)
    .toSorted(([a], [b]) => byText(a, b))
    .map(([, rule]) => replicationRule(rule));
}

function replicationRule(rule: unknown): ReplicationRule {
  if (!isObject(rule)) throw new MalformedAnswer("The configuration item's replication rule is not an object.");
  const destination = objectIn(rule, 'destinationConfig') ?? {};
  const filter = objectIn(rule, 'filter');
  const predicate = filter === undefined ? undefined : objectIn(filter, 'predicate');
  const encrypted = objectIn(objectIn(rule, 'sourceSelectionCriteria') ?? {}, 'sseKmsEncryptedObjects');
  const status = encrypted === undefined ? undefined : textIn(encrypted, 'status');
  const isByPrefix = predicate === undefined || textIn(predicate, 'type') === 'ReplicationPrefixPredicate';
  const { replicatesKmsEncrypted, ...told } = normalizeReplicationRule({
    Status: textIn(rule, 'status'),
    Prefix:
      (predicate === undefined || !isByPrefix ? undefined : textIn(predicate, 'prefix')) ?? textIn(rule, 'prefix'),
    // Any other predicate narrows the rule: it is taken for one by tags, which covers nothing for sure.
    ...(isByPrefix ? {} : { Filter: { Tag: {} } }),
    Destination: { Bucket: textIn(destination, 'bucketARN'), Account: textIn(destination, 'account') },
    ...(status === undefined ? {} : { SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: status } } }),
  });
  // A record that does not have the member at all tells nothing of it.
  const isTold = 'sourceSelectionCriteria' in rule && replicatesKmsEncrypted !== undefined;
  return isTold ? { ...told, replicatesKmsEncrypted } : told;
}

/** The destinations of a BucketNotificationConfiguration. */
export function normalizeNotificationItem(configuration: JsonObject): string[] {
  const all = Object.values(objectIn(configuration, 'configurations') ?? {}).filter(isObject);
  const eventBridge = objectIn(configuration, 'eventBridgeConfiguration');
  return normalizeNotifications({
    TopicConfigurations: arnsOf(all, 'topicARN').map((TopicArn) => ({ TopicArn })),
    QueueConfigurations: arnsOf(all, 'queueARN').map((QueueArn) => ({ QueueArn })),
    LambdaFunctionConfigurations: arnsOf(all, 'functionARN').map((LambdaFunctionArn) => ({ LambdaFunctionArn })),
    ...(eventBridge === undefined ? {} : { EventBridgeConfiguration: eventBridge }),
  });
}

function arnsOf(configurations: readonly JsonObject[], member: string): string[] {
  return configurations.flatMap((it) => textIn(it, member) ?? []);
}

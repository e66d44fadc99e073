import type { MessageFilter } from '../../model/inventory.js';
import { parseArn } from '../../model/identifiers.js';
import { matchesEventPattern, parseEventPattern, type EventPattern } from '../event-pattern/index.js';
import { anything, type EventObject, type Match } from '../partial-event/index.js';

/** What is published to a topic, as far as it is known. */
export interface Message {
  /** For texts, such as `alarm ARN`. */
  readonly of: string;
  /** Fields of the JSON in its body; any other may be there. */
  readonly body: EventObject;
  /** It never has message attributes; else, that is not known. */
  readonly isWithoutAttributes: boolean;
}

/**
 * What CloudWatch publishes when an alarm rises: JSON, without message attributes.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * https://github.com/aws/aws-lambda-go/blob/main/events/testdata/cloudwatch-alarm-sns-payload-single-metric.json
 */
export function alarmMessage({ arn, name }: { readonly arn: string; readonly name: string }): Message {
  const { accountId } = parseArn(arn) ?? {};
  return {
    of: `alarm ${arn}`,
    body: {
      AlarmName: name,
      AlarmArn: arn,
      NewStateValue: 'ALARM',
      ...(accountId === undefined ? {} : { AWSAccountId: accountId }),
    },
    isWithoutAttributes: true,
  };
}

/** A message of which nothing is known. */
export function someMessage(of: string): Message {
  return { of, body: {}, isWithoutAttributes: false };
}

/**
 * Whether a subscription with this filter takes every such message. A filter on message attributes takes none without
 * attributes: `exists: false` only matches if there is at least one.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function takes({ policy, scope = 'MessageAttributes' }: MessageFilter, message: Message): Match {
  if (policy === undefined) return 'yes';
  switch (scope) {
    case 'MessageAttributes':
      return message.isWithoutAttributes ? 'no' : 'unknown';
    case 'MessageBody': {
      // The operators are those of event patterns: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
      const parsed = parseEventPattern(policy);
      if (parsed.state === 'invalid') return 'unknown';
      return matchesEventPattern(parsed.pattern, withOthers(message.body, parsed.pattern));
    }
    default:
      return 'unknown';
  }
}

/** Fields that the filter names and nobody knows may have any value, or none. */
function withOthers(body: EventObject, { alternatives }: EventPattern): EventObject {
  const names = alternatives.flatMap((fields) => fields.map(({ name }) => name.split('.')[0] ?? name));
  return { ...Object.fromEntries(names.map((name) => [name, anything])), ...body };
}

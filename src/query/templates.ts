import { stringify } from 'yaml';
import { hclBlock, hclName } from '../fix/index.js';
import { prose, visible } from '../text/printable.js';

export const templateFormats = ['cloudformation', 'terraform'] as const;
export type TemplateFormat = (typeof templateFormats)[number];

/** What a template is about. */
export interface Templated {
  readonly id: string;
  readonly title: string;
  readonly comments: readonly string[];
}

/**
 * Read-only management events reach a rule only in this state.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
const state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** A rule on the default event bus that sends the events to a topic. */
export function ruleTemplate(format: TemplateFormat, of: Templated, pattern: string): string {
  const name = `trailproof-${of.id}`.slice(0, 64);
  // Made by this room: a pattern is JSON.
  const EventPattern: unknown = JSON.parse(pattern);
  if (format === 'cloudformation') {
    return cloudFormation(
      of,
      { TopicArn: 'The topic that the events go to; its policy lets events.amazonaws.com publish' },
      {
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: {
            Name: name,
            Description: prose(of.title).slice(0, 512),
            EventPattern,
            State: state,
            Targets: [{ Id: 'topic', Arn: { Ref: 'TopicArn' } }],
          },
        },
      },
    );
  }
  const label = hclName(of.id);
  return terraform(of, 'topic_arn', 'The topic that the events go to; its policy lets events.amazonaws.com publish', [
    hclBlock({
      kind: 'resource',
      labels: ['aws_cloudwatch_event_rule', label],
      attributes: {
        name,
        description: prose(of.title).slice(0, 512),
        event_pattern: { json: Object(EventPattern) as object },
        state,
      },
    }),
    hclBlock({
      kind: 'resource',
      labels: ['aws_cloudwatch_event_target', label],
      attributes: {
        rule: { raw: `aws_cloudwatch_event_rule.${label}.name` },
        target_id: 'topic',
        arn: { raw: 'var.topic_arn' },
      },
    }),
  ]);
}

/** A metric filter that counts the events. */
export function filterTemplate(format: TemplateFormat, of: Templated, pattern: string): string {
  const meaning = 'The log group that the trail writes to';
  if (format === 'cloudformation') {
    return cloudFormation(
      of,
      { LogGroupName: meaning },
      {
        MetricFilter: {
          Type: 'AWS::Logs::MetricFilter',
          Properties: {
            FilterName: of.id,
            LogGroupName: { Ref: 'LogGroupName' },
            FilterPattern: pattern,
            MetricTransformations: [{ MetricName: of.id, MetricNamespace: 'Trailproof', MetricValue: '1' }],
          },
        },
      },
    );
  }
  return terraform(of, 'log_group_name', meaning, [
    hclBlock({
      kind: 'resource',
      labels: ['aws_cloudwatch_log_metric_filter', hclName(of.id)],
      attributes: { name: of.id, log_group_name: { raw: 'var.log_group_name' }, pattern },
      blocks: [
        {
          kind: 'metric_transformation',
          labels: [],
          attributes: { name: of.id, namespace: 'Trailproof', value: '1' },
        },
      ],
    }),
  ]);
}

function commented(comments: readonly string[]): string {
  return comments.map((it) => `# ${visible(prose(it))}\n`).join('');
}

function cloudFormation(
  { title, comments }: Templated,
  parameters: Readonly<Record<string, string>>,
  resources: object,
): string {
  const declared = Object.entries(parameters).map(([name, it]) => [name, { Type: 'String', Description: it }]);
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: prose(title).slice(0, 1024),
    Parameters: Object.fromEntries(declared) as object,
    Resources: resources,
  };
  return `${commented(comments)}${stringify(template, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function terraform({ comments }: Templated, variable: string, meaning: string, blocks: readonly string[]): string {
  const declared = hclBlock({
    kind: 'variable',
    labels: [variable],
    attributes: { type: { raw: 'string' }, description: meaning },
  });
  return `${commented(comments)}${[declared, ...blocks].join('\n')}`;
}

import type { IamPolicy } from '../../../collect/index.js';
import type { RoleTemplate } from './cloudformation.js';
import { splitRoleName, trustedActions } from './trust.js';

/** A Terraform module of one file that makes the role in one account. */
export function terraformModule({ roleName, policy, trust }: RoleTemplate): string {
  const { path, name } = splitRoleName(roleName);
  const { callerAccount, callerRole, organization, externalId } = trust;
  return [
    header,
    variable('caller_account', 'The account that Trailproof runs in', callerAccount),
    variable(
      'caller_role',
      'The ARN of the one role that may assume this one; null: any that the account allows',
      callerRole ?? null,
    ),
    variable('organization', 'The organization (o-…) that the caller must be in; null: any', organization ?? null),
    variable('external_id', 'What the caller must say with --external-id; null: nothing', externalId ?? null),
    'data "aws_partition" "current" {}\n',
    trustDocument,
    document('reads', policy),
    `resource "aws_iam_role" "trailproof" {
  name               = ${text(name)}
  path               = ${text(path)}
  description        = "Trailproof reads CloudTrail and where it delivers; it changes nothing"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
`,
    `resource "aws_iam_role_policy" "reads" {
  name   = "TrailproofReads"
  role   = aws_iam_role.trailproof.id
  policy = data.aws_iam_policy_document.reads.json
}
`,
    `output "role_arn" {
  description = "The role that Trailproof assumes"
  value       = aws_iam_role.trailproof.arn
}
`,
  ].join('\n');
}

/** A Terraform module of one file with the policy of the caller. */
export function terraformCaller(policy: IamPolicy): string {
  return [
    header,
    document('caller', policy),
    `resource "aws_iam_policy" "caller" {
  name        = "TrailproofCaller"
  description = "Trailproof: list the organization and enter its accounts"
  policy      = data.aws_iam_policy_document.caller.json
}
`,
    `output "policy_arn" {
  description = "Attach this policy to the caller"
  value       = aws_iam_policy.caller.arn
}
`,
  ].join('\n');
}

const header = `terraform {
  required_version = ">= 1.3"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
`;

/** Without a default it must be given. */
function variable(name: string, description: string, value: string | null | undefined): string {
  const lines = [`description = ${text(description)}`, 'type        = string'];
  if (value !== undefined) lines.push(`default     = ${value === null ? 'null' : text(value)}`);
  return block(`variable ${text(name)}`, lines);
}

const trustDocument = `data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "TrailproofCaller"
    actions = ${list(trustedActions)}

    principals {
      type        = "AWS"
      identifiers = ["arn:\${data.aws_partition.current.partition}:iam::\${var.caller_account}:root"]
    }

    dynamic "condition" {
      for_each = var.organization == null ? [] : [var.organization]
      content {
        test     = "StringEquals"
        variable = "aws:PrincipalOrgID"
        values   = [condition.value]
      }
    }

    dynamic "condition" {
      for_each = var.caller_role == null ? [] : [var.caller_role]
      content {
        test     = "ArnEquals"
        variable = "aws:PrincipalArn"
        values   = [condition.value]
      }
    }

    dynamic "condition" {
      for_each = var.external_id == null ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}
`;

function document(name: string, { Statement }: IamPolicy): string {
  const statements = Statement.map(({ Sid, Action, Resource, Condition = {} }) =>
    [
      '  statement {',
      ...(Sid === undefined ? [] : [`    sid       = ${text(Sid)}`]),
      `    resources = ${list(typeof Resource === 'string' ? [Resource] : Resource)}`,
      '    actions = [',
      ...Action.map((action) => `      ${text(action)},`),
      '    ]',
      ...Object.entries(Condition).flatMap(([test, tested]) =>
        Object.entries(tested).map(([key, value]) => condition(test, key, value)),
      ),
      '  }',
    ].join('\n'),
  );
  return `data "aws_iam_policy_document" ${text(name)} {\n${statements.join('\n\n')}\n}\n`;
}

function condition(test: string, key: string, value: string): string {
  return `
    condition {
      test     = ${text(test)}
      variable = ${text(key)}
      values   = ${list([value])}
    }`;
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function list(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`;
}

/** A string of HCL: JSON's escapes, and no template in it. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{');
}

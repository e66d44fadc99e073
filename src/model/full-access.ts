/**
 * AWS's policies with which trails can be stopped, changed and deleted, by name. AWSCloudTrailFullAccess was replaced by
 * AWSCloudTrail_FullAccess; it works for those who held it before, and is not there where nobody does.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security-iam-awsmanpol.html
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-deprecated.html
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
 */
export const fullAccessPolicies = [
  'AWSCloudTrailFullAccess',
  'AWSCloudTrail_FullAccess',
  'AdministratorAccess',
  'PowerUserAccess',
] as const;

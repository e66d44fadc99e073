/** Calls that a subject is about, all of one service. */
export interface NamedCalls {
  readonly eventSource: string;
  /** In the benchmarks' own order. */
  readonly names: readonly string[];
  /** On the list of CIS 5.0 and later only. */
  readonly sinceCis5: readonly string[];
  /** On no benchmark's list; they do the same harm. */
  readonly advised: readonly string[];
}

function calls(eventSource: string, names: readonly string[], more: Partial<NamedCalls> = {}): NamedCalls {
  return { eventSource, names, sinceCis5: [], advised: [], ...more };
}

/** CIS AWS Foundations 1.2 (3.4 to 3.14), 1.4 to 5.0 (4.4 to 4.15), 6.0 and 7.0 (5.4 to 5.15). */
export const namedCalls = {
  'iam-policy-changes': calls('iam.amazonaws.com', [
    'DeleteGroupPolicy',
    'DeleteRolePolicy',
    'DeleteUserPolicy',
    'PutGroupPolicy',
    'PutRolePolicy',
    'PutUserPolicy',
    'CreatePolicy',
    'DeletePolicy',
    'CreatePolicyVersion',
    'DeletePolicyVersion',
    'AttachRolePolicy',
    'DetachRolePolicy',
    'AttachUserPolicy',
    'DetachUserPolicy',
    'AttachGroupPolicy',
    'DetachGroupPolicy',
  ]),
  'cloudtrail-changes': calls(
    'cloudtrail.amazonaws.com',
    ['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'],
    {
      advised: [
        'PutEventSelectors',
        'PutInsightSelectors',
        'PutEventConfiguration',
        'DeleteEventDataStore',
        'UpdateEventDataStore',
      ],
    },
  ),
  'kms-key-deletion': calls('kms.amazonaws.com', ['DisableKey', 'ScheduleKeyDeletion']),
  's3-bucket-policy-changes': calls('s3.amazonaws.com', [
    'PutBucketAcl',
    'PutBucketPolicy',
    'PutBucketCors',
    'PutBucketLifecycle',
    'PutBucketReplication',
    'DeleteBucketPolicy',
    'DeleteBucketCors',
    'DeleteBucketLifecycle',
    'DeleteBucketReplication',
  ]),
  'config-changes': calls('config.amazonaws.com', [
    'StopConfigurationRecorder',
    'DeleteDeliveryChannel',
    'PutDeliveryChannel',
    'PutConfigurationRecorder',
  ]),
  'security-group-changes': calls(
    'ec2.amazonaws.com',
    [
      'AuthorizeSecurityGroupIngress',
      'AuthorizeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
      'RevokeSecurityGroupEgress',
      'CreateSecurityGroup',
      'DeleteSecurityGroup',
    ],
    { sinceCis5: ['ModifySecurityGroupRules'] },
  ),
  'network-acl-changes': calls('ec2.amazonaws.com', [
    'CreateNetworkAcl',
    'CreateNetworkAclEntry',
    'DeleteNetworkAcl',
    'DeleteNetworkAclEntry',
    'ReplaceNetworkAclEntry',
    'ReplaceNetworkAclAssociation',
  ]),
  'network-gateway-changes': calls('ec2.amazonaws.com', [
    'CreateCustomerGateway',
    'DeleteCustomerGateway',
    'AttachInternetGateway',
    'CreateInternetGateway',
    'DeleteInternetGateway',
    'DetachInternetGateway',
  ]),
  'route-table-changes': calls('ec2.amazonaws.com', [
    'CreateRoute',
    'CreateRouteTable',
    'ReplaceRoute',
    'ReplaceRouteTableAssociation',
    'DeleteRouteTable',
    'DeleteRoute',
    'DisassociateRouteTable',
  ]),
  'vpc-changes': calls('ec2.amazonaws.com', [
    'CreateVpc',
    'DeleteVpc',
    'ModifyVpcAttribute',
    'AcceptVpcPeeringConnection',
    'CreateVpcPeeringConnection',
    'DeleteVpcPeeringConnection',
    'RejectVpcPeeringConnection',
    'AttachClassicLinkVpc',
    'DetachClassicLinkVpc',
    'DisableVpcClassicLink',
    'EnableVpcClassicLink',
  ]),
  'organizations-changes': calls('organizations.amazonaws.com', [
    'AcceptHandshake',
    'AttachPolicy',
    'CreateAccount',
    'CreateOrganizationalUnit',
    'CreatePolicy',
    'DeclineHandshake',
    'DeleteOrganization',
    'DeleteOrganizationalUnit',
    'DeletePolicy',
    'DetachPolicy',
    'DisablePolicyType',
    'EnablePolicyType',
    'InviteAccountToOrganization',
    'LeaveOrganization',
    'MoveAccount',
    'RemoveAccountFromOrganization',
    'UpdatePolicy',
    'UpdateOrganizationalUnit',
  ]),
} as const satisfies Readonly<Record<string, NamedCalls>>;

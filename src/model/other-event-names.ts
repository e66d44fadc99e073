/**
 * Names that CloudTrail writes and no service model has: events that are no calls, calls that only the console or an
 * agent makes, and calls that are recorded under another name.
 */
export const otherEventNames: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html
  signin: [
    'ConsoleLogin',
    'CheckMfa',
    'SwitchRole',
    'ExitRole',
    'RenewRole',
    'GetSigninToken',
    'PasswordRecoveryRequested',
    'PasswordRecoveryCompleted',
    'PasswordUpdated',
    'EmailUpdated',
    'UserAuthentication',
    'CredentialChallenge',
    'CredentialVerification',
    'ExternalIdPDirectoryLogin',
  ],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
  s3: [
    'PutBucketLifecycle',
    'GetBucketLifecycle',
    'PutBucketNotification',
    'GetBucketNotification',
    'PutBucketPublicAccessBlock',
    'GetBucketPublicAccessBlock',
    'DeleteBucketPublicAccessBlock',
    'PutAccountPublicAccessBlock',
    'GetAccountPublicAccessBlock',
    'DeleteAccountPublicAccessBlock',
    'PutBucketObjectLockConfiguration',
    'GetBucketObjectLockConfiguration',
    'PutAccelerateConfiguration',
    'GetAccelerateConfiguration',
    'PostObject',
  ],
  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-rotatekey.html, ct-delete-key.html,
  // ct-synchronize-multi-region-key.html
  kms: ['RotateKey', 'DeleteKey', 'SynchronizeMultiRegionKey'],
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieve-ct-entries.html
  secretsmanager: [
    'RotationStarted',
    'RotationSucceeded',
    'RotationFailed',
    'RotationAbandoned',
    'StartSecretVersionDelete',
    'CancelSecretVersionDelete',
    'EndSecretVersionDelete',
  ],
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
  organizations: ['CreateAccountResult', 'CloseAccountResult'],
  // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html and
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitor-with-cloudtrail.html
  ec2: ['SharedSnapshotCopyInitiated', 'SharedSnapshotVolumeCreated', 'BidEvictedEvent'],
  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  lambda: ['LambdaESMDisabled'],
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
  ssm: ['ListInstanceAssociations', 'UpdateInstanceAssociationStatus', 'UpdateInstanceInformation'],
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html
  sso: [
    'AssociateDirectory',
    'DisassociateDirectory',
    'Authenticate',
    'Federate',
    'Logout',
    'ListApplications',
    'ListApplicationInstances',
    'ListProfilesForApplication',
  ],
  // https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html
  bedrock: ['PutFoundationModelEntitlement'],
};

/** Event sources that no service model has; their names are not checked. */
export const otherEventSources: readonly string[] = [
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/logging-using-cloudtrail-data-api.html
  'rdsdata',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-one-zone-logging.html
  's3express',
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html
  'sso-directory',
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
  'ec2messages',
  'ssmmessages',
  // https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/logging-using-cloudtrail.html
  'billingconsole',
];

/**
 * Calls that CloudTrail records under another name than their own; some are seen under both.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
export const recordedAs: Readonly<Record<string, string>> = {
  's3 PutPublicAccessBlock': 'PutBucketPublicAccessBlock',
  's3 GetPublicAccessBlock': 'GetBucketPublicAccessBlock',
  's3 DeletePublicAccessBlock': 'DeleteBucketPublicAccessBlock',
  's3 PutBucketLifecycleConfiguration': 'PutBucketLifecycle',
  's3 GetBucketLifecycleConfiguration': 'GetBucketLifecycle',
  's3 PutBucketNotificationConfiguration': 'PutBucketNotification',
  's3 GetBucketNotificationConfiguration': 'GetBucketNotification',
};

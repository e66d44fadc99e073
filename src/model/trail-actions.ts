/**
 * Actions with which a trail is stopped, or made to record less.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
 */
export const trailActions = [
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'cloudtrail:UpdateTrail',
  'cloudtrail:PutEventSelectors',
] as const;

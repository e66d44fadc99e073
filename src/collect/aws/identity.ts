import { InterruptedError, UsageError } from '../../model/errors.js';
import { isPartition, parseArn, type Partition } from '../../model/identifiers.js';
import { required } from '../../normalize/index.js';
import type { Aws } from './aws-call.js';
import { noCredentialsCode, type Failure } from './classify-error.js';
import { noCredentials } from './no-credentials.js';
import type { Session } from './session.js';
import { wrongClock } from './wrong-clock.js';

export interface Identity {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: Partition;
}

/**
 * Who is calling. The first call of a run: it proves that there are credentials, that AWS can be reached, and that the
 * clock here is right.
 *
 * @throws UsageError with what to do, when there are none, they are no good, or the clock is wrong.
 */
export async function identify(aws: Aws, session: Session, region: string): Promise<Identity> {
  const answer = await aws.tryCall(session, 'sts:GetCallerIdentity', {}, { region }, (output) => ({
    accountId: required(output.Account, 'Account'),
    arn: required(output.Arn, 'Arn'),
    clockOffset: output.clockOffset,
  }));
  if (aws.settings.signal.aborted) throw new InterruptedError('Interrupted before anything was read.');
  if ('failure' in answer) throw await credentialsError(answer.failure, region, aws.settings.profile);
  if (answer.it.state !== 'known') throw new Error('sts:GetCallerIdentity has no answer that means "absent".');
  const { accountId, arn, clockOffset } = answer.it.value;
  const wrong = wrongClock(clockOffset);
  if (wrong !== undefined) throw wrong;
  const partition = parseArn(arn)?.partition ?? '';
  if (!isPartition(partition)) {
    throw new UsageError(`The caller ${arn} is in partition '${partition}', which Trailproof does not know.`);
  }
  return { accountId, arn, partition };
}

async function credentialsError(
  failure: Failure,
  region: string,
  profile = process.env['AWS_PROFILE'] || undefined,
): Promise<UsageError> {
  const { code, message } = failure;
  if (code === noCredentialsCode) return await noCredentials(message, profile);
  if (failure.expired) {
    return new UsageError(`The AWS credentials have expired: ${message}`, 'Sign in again, or get new ones.');
  }
  if (failure.reason === 'access-denied') {
    return new UsageError(
      `AWS does not accept the credentials in Region ${region}: ${message}`,
      'Check AWS_PROFILE and AWS_REGION: credentials of another partition (aws-cn, aws-us-gov) need a Region of theirs.',
    );
  }
  if (code === 'ENOTFOUND' && /sts\./.test(message)) {
    return new UsageError(
      `AWS could not be found in Region ${region}: ${message}`,
      'Check the Region (--region, AWS_REGION, the profile), the network and HTTPS_PROXY.',
    );
  }
  return new UsageError(
    `AWS could not be asked who is calling (Region ${region}): ${message}`,
    'Check the network, HTTPS_PROXY, AWS_CA_BUNDLE, AWS_REGION and AWS_ENDPOINT_URL.',
  );
}

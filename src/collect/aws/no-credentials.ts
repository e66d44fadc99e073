import { fromProcess } from '@aws-sdk/credential-providers';
import { loadConfig } from '@smithy/core/config';
import { UsageError } from '../../model/errors.js';

const signIn =
  'Set AWS_PROFILE, sign in with aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ' +
  'To see Trailproof without AWS: trailproof scan --sample';

/** What the SDK says where no provider had anything to say. */
const nothingFound = /could not load credentials from any providers/i;

/**
 * Why there are no credentials. Of several providers the SDK keeps no word, so the profile is looked at again.
 *
 * @param message the SDK's own
 * @param profile the one that was asked for; undefined: none
 */
export async function noCredentials(message: string, profile: string | undefined): Promise<UsageError> {
  const text = message.replace(/^CredentialsProviderError: /, '');
  const named = profile === undefined ? 'The profile' : `Profile ${profile}`;
  if (/multi-factor/i.test(text)) {
    return new UsageError(
      `${named} asks for an MFA code, which Trailproof cannot ask you for.`,
      'Get a session first, as with aws sts get-session-token or aws-vault exec, and run Trailproof with its credentials.',
    );
  }
  if (/expired|sso/i.test(text)) {
    return new UsageError(
      `The AWS credentials cannot be used: ${text}`,
      'Sign in again: aws sso login (or aws login).',
    );
  }
  if (!nothingFound.test(text)) {
    return new UsageError(`The AWS credentials cannot be used: ${text}`, 'Check the profile: aws configure list');
  }
  const settings = await settingsOf(profile);
  if (profile !== undefined && settings.length === 0) {
    return new UsageError(
      `There is no profile ${profile} in the files of the AWS configuration.`,
      'Check its name: aws configure list-profiles',
    );
  }
  if (settings.includes('credential_process')) {
    return new UsageError(
      `${named} has a credential process that failed: ${await failureOfProcess(profile)}`,
      'Run its credential_process by itself: it must print the credentials as JSON.',
    );
  }
  return profile === undefined
    ? new UsageError('No AWS credentials were found.', signIn)
    : new UsageError(`Profile ${profile} gives no credentials.`, 'Check it: aws configure list');
}

/** The names of the settings that a profile has. */
async function settingsOf(profile: string | undefined): Promise<readonly string[]> {
  const names = loadConfig(
    {
      environmentVariableSelector: () => undefined,
      configFileSelector: (settings) => Object.keys(settings).join('\n'),
      default: '',
    },
    profile === undefined ? {} : { profile },
  );
  return (await names()).split('\n').filter((name) => name !== '');
}

async function failureOfProcess(profile: string | undefined): Promise<string> {
  try {
    await fromProcess(profile === undefined ? {} : { profile })();
    return 'it gave credentials only when it was asked again';
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).trim();
  }
}

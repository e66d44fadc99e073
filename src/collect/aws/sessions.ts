import { randomUUID } from 'node:crypto';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { Absent, Unknown } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Answer, Aws } from './aws-call.js';
import type { Failure } from './classify-error.js';
import { sessionPolicy } from './permissions.js';
import { memoizedCredentials, Session } from './session.js';

export interface EnterOptions {
  readonly partition: string;
  readonly region: string;
  readonly roleName: string;
  readonly externalId: string | undefined;
  /** What the sessions may do at most (default: the reads of a scan). */
  readonly policy?: string;
}

export type Entered = { readonly session: Session } | { readonly gap: Unknown };

/** Enters accounts: the caller's own with its own credentials, every other through one AssumeRole, once a run. */
export class Sessions {
  private readonly entered = new Map<string, Promise<Entered>>();
  private readonly runName: string;
  private readonly policy: string;
  private namesSource = true;

  constructor(
    private readonly aws: Aws,
    readonly base: Session,
    private readonly options: EnterOptions,
  ) {
    const started = new Date(aws.settings.clock.now()).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    this.policy = options.policy ?? sessionPolicy(aws.settings.calls);
    this.runName = `trailproof-${started}-${randomUUID().slice(0, 8)}`;
  }

  /** A session in the account, or the gap that says why there is none. */
  async enter(accountId: string): Promise<Entered> {
    if (accountId === this.base.accountId) return { session: this.base };
    let entering = this.entered.get(accountId);
    if (entering === undefined) {
      entering = this.assume(accountId);
      this.entered.set(accountId, entering);
    }
    return await entering;
  }

  private async assume(accountId: string): Promise<Entered> {
    const first = await this.assumeRole(accountId);
    if (first.it.state !== 'known') return { gap: gapOf(first.it) };
    let ready: AwsCredentialIdentity | undefined = first.it.value;
    const credentials = memoizedCredentials(async () => {
      if (ready === undefined) return await this.assumeAgain(accountId);
      const unused = ready;
      ready = undefined;
      return unused;
    }, this.aws.settings.clock);
    const { clock } = this.aws.settings;
    return { session: new Session(accountId, credentials, clock, () => credentials.renew(), true) };
  }

  private async assumeAgain(accountId: string): Promise<AwsCredentialIdentity> {
    const { it, failure } = await this.assumeRole(accountId);
    if (it.state === 'known') return it.value;
    throw Object.assign(new Error(failure?.message), { name: failure?.code ?? 'AssumeRoleFailed' });
  }

  private async assumeRole(accountId: string): Promise<Answer<AwsCredentialIdentity>> {
    const { partition, region, roleName } = this.options;
    const place = { region, accountId, resource: `arn:${partition}:iam::${accountId}:role/${roleName}` };
    const first = await this.askAssumeRole(place, this.namesSource);
    if (!('failure' in first)) return first;
    if (!/sts:SetSourceIdentity/.test(first.failure.message)) return this.refused(place, first.failure);
    // A role that does not allow sts:SetSourceIdentity refuses the whole call: the run goes on without it.
    this.namesSource = false;
    const second = await this.askAssumeRole(place, false);
    return 'failure' in second ? this.refused(place, second.failure) : second;
  }

  private refused(place: AssumePlace, failure: Failure): Answer<never> {
    return this.aws.gap(this.base, 'sts:AssumeRole', place, failure);
  }

  private async askAssumeRole(
    place: AssumePlace,
    namesSource: boolean,
  ): Promise<Answer<AwsCredentialIdentity> | { readonly failure: Failure }> {
    const { externalId } = this.options;
    const input: AssumeRoleCommandInput = {
      RoleArn: place.resource,
      RoleSessionName: this.runName,
      Policy: this.policy,
      ...(namesSource ? { SourceIdentity: this.runName } : {}),
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    };
    return await this.aws.tryCall(this.base, 'sts:AssumeRole', input, place, (output) => {
      const credentials = required(output.Credentials, 'Credentials');
      return {
        accessKeyId: required(credentials.AccessKeyId, 'AccessKeyId'),
        secretAccessKey: required(credentials.SecretAccessKey, 'SecretAccessKey'),
        sessionToken: required(credentials.SessionToken, 'SessionToken'),
        ...(credentials.Expiration === undefined ? {} : { expiration: credentials.Expiration }),
      };
    });
  }
}

interface AssumePlace {
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

function gapOf(it: Absent | Unknown): Unknown {
  if (it.state === 'absent') throw new Error('sts:AssumeRole has no answer that means "absent".');
  return it;
}

import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config';
import { InterruptedError, UsageError } from '../../model/errors.js';
import type { AnswerRecorder } from '../../model/kept-answers.js';
import type { CallSettings } from '../aws/aws-call.js';
import type { Network } from '../aws/http.js';
import { Ledger } from '../aws/ledger.js';
import { certificatesIn } from '../../network/index.js';
import { memoizedCredentials, Session } from '../aws/session.js';
import { defaultTuning, type Tuning } from './tuning.js';

export interface Progress {
  readonly listed: number;
  readonly read: number;
  readonly phase: 'organization' | 'accounts' | 'destinations';
}

/** What every run that calls AWS is given. */
export interface RunOptions {
  readonly version: string;
  /**
   * The only calls to make, as `cloudtrail:GetTrailStatus`; undefined: all. What they leave out is unknown, with a
   * gap that says so. `neededCalls` tells those that a set of policies needs.
   */
  readonly calls?: ReadonlySet<string> | undefined;
  /** Default: that of the environment or the profile, else us-east-1. */
  readonly region: string | undefined;
  /** Of the AWS configuration; undefined: that of the environment. */
  readonly profile?: string | undefined;
  /** Accounts at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CollectProgress) => void;
  /** Keeps each answer of AWS. */
  readonly recorder?: AnswerRecorder | undefined;
  readonly tuning?: Partial<Tuning>;
}

export interface CollectProgress extends Progress {
  readonly calls: number;
  /** The quota that is waited for, if one is: the name of the call. */
  readonly waitingFor: string | undefined;
}

/** The means of a run: how AWS is called, as whom and where first. */
export interface Started {
  readonly settings: CallSettings;
  readonly base: Session;
  readonly region: string;
  readonly onProgress: (progress: Progress) => void;
}

/** Sets a run up, and takes its connections down when it is over. */
export async function startRun<T>(options: RunOptions, run: (started: Started) => Promise<T>): Promise<T> {
  const tuning = { ...defaultTuning, ...options.tuning };
  const { profile } = options;
  checkEndpoints(process.env);
  const region = options.region ?? (await configuredRegion(profile));
  const ledger = new Ledger();
  const handler = tuning.httpHandler(tuning.timeouts, options.concurrency * 4, await configuredNetwork(profile));
  let progress: Progress = { listed: 0, read: 0, phase: 'organization' };
  const report = (waitingFor?: string): void => options.onProgress({ ...progress, calls: ledger.total, waitingFor });
  // Signing in goes the same way as all else. It is a whole handler but for what only its owner uses.
  const requestHandler = handler as NodeHttpHandler;
  // A chain of its own each time: one that is kept gives the credentials that it found first.
  const resolve = async () =>
    await fromNodeProviderChain({
      clientConfig: { region, requestHandler },
      ...(profile === undefined ? {} : { profile }),
    })();
  const credentials = memoizedCredentials(resolve, tuning.clock);
  const base = new Session('unknown', credentials, tuning.clock, () => credentials.renew());
  const settings = {
    ...tuning,
    version: options.version,
    profile,
    calls: options.calls,
    recorder: options.recorder,
    ledger,
    handler,
    signal: options.signal,
    onRequest: (call: string, waited: number) => report(waited > 0 ? call : undefined),
  };
  try {
    return await run({
      settings,
      base,
      region,
      onProgress: (next) => {
        progress = next;
        report();
      },
    });
  } catch (error) {
    // What was not answered any more, as a list of accounts, is no mistake of the user's.
    if (!options.signal.aborted || !(error instanceof UsageError)) throw error;
    throw new InterruptedError('Interrupted before the accounts were known.', { cause: error });
  } finally {
    handler.destroy();
  }
}

/** AWS_REGION, AWS_DEFAULT_REGION or the profile's; like few tools, a run can begin without: it finds its Regions. */
async function configuredRegion(profile: string | undefined): Promise<string> {
  const configured = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  if (configured !== undefined && configured !== '') return configured;
  const fromProfile = loadConfig(
    { ...NODE_REGION_CONFIG_OPTIONS, default: 'us-east-1' },
    { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile === undefined ? {} : { profile }) },
  );
  return (await fromProfile()) ?? 'us-east-1';
}

/**
 * Proxy and certificates as the AWS CLI finds them, which the SDK does not: `HTTPS_PROXY`, `NO_PROXY`, `AWS_CA_BUNDLE`,
 * and the profile's `ca_bundle`.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 *
 * @throws UsageError where one of them names nothing usable
 */
async function configuredNetwork(name: string | undefined): Promise<Network> {
  const bundle = await loadConfig(
    {
      environmentVariableSelector: (environment) => environment['AWS_CA_BUNDLE'] || undefined,
      configFileSelector: (profile) => profile['ca_bundle'],
      default: '',
    },
    name === undefined ? {} : { profile: name },
  )();
  const source = (process.env['AWS_CA_BUNDLE'] ?? '') === '' ? 'ca_bundle of the profile' : 'AWS_CA_BUNDLE';
  return { environment: process.env, ca: bundle === '' ? undefined : certificatesIn(bundle, source) };
}

/**
 * The SDK takes an address without a scheme for something else, and asks this machine.
 *
 * @throws UsageError naming the variable
 */
function checkEndpoints(environment: NodeJS.ProcessEnv): void {
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!/^AWS_ENDPOINT_URL(_|$)/.test(name) || value === '') continue;
    if (/^https?:\/\/[^/]/i.test(value) && URL.canParse(value)) continue;
    throw new UsageError(`${name} '${value}' is not an address.`, 'Write it with its scheme: http://localhost:4566');
  }
}

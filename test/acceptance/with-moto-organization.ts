import { devNull } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, vi } from 'vitest';
import { documentationCredentials, startMoto } from './moto.js';
import { buildOrganization, type BuiltOrganization } from './moto-organization.js';
import { startRecordingProxy, type RecordedAction } from './recording-proxy.js';

export interface MotoOrganization extends BuiltOrganization {
  /** Variables that make an AWS SDK or CLI, in this or in another process, call moto as the management account. */
  readonly environment: Readonly<Record<string, string>>;
  /** All requests so far. */
  readonly actions: readonly RecordedAction[];
}

/**
 * Declares tests that run against the organization in moto: one for all of them, as they only read. The environment
 * of the process is that of a caller in the management account. Without Python the tests are skipped, unless
 * TRAILPROOF_REQUIRE_ACCEPTANCE=1.
 */
export function withMotoOrganization(tests: (organization: () => MotoOrganization) => void): void {
  describe('an organization in moto', () => {
    const closing: (() => Promise<void>)[] = [];
    let organization: MotoOrganization | undefined;
    let missing: string | undefined;

    beforeAll(async () => {
      // Set before anything loads the SDK, which would warn on the console.
      vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
      const moto = await startMoto();
      if ('missing' in moto) {
        missing = `moto cannot run: ${moto.missing}`;
        if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);
        return;
      }
      closing.push(moto.stop);
      const built = await buildOrganization(moto.endpoint);
      const proxy = await startRecordingProxy(moto.endpoint, new Set([built.members.closed.accountId]));
      closing.push(proxy.stop);
      organization = { ...built, actions: proxy.actions, environment: environmentFor(proxy.endpoint) };
    });

    afterAll(async () => {
      await Promise.all(closing.map((close) => close()));
    });

    beforeEach((context) => {
      if (organization === undefined) return context.skip(missing ?? 'moto did not start.');
      for (const [name, value] of Object.entries(organization.environment)) vi.stubEnv(name, value);
      return () => {
        vi.unstubAllEnvs();
      };
    });

    tests(() => {
      if (organization === undefined) throw new Error('The organization is there only while a test runs.');
      return organization;
    });
  });
}

/** Variables that make an AWS SDK or CLI call moto, as the management account. */
export function environmentFor(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: documentationCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: documentationCredentials.secretAccessKey,
    AWS_SESSION_TOKEN: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The settings of whoever runs the tests must not take part.
    AWS_PROFILE: '',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

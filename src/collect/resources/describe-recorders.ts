import { known, mapKnown, type Known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { OutputOf } from '../aws/operations/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

export type RecorderAnswer = NonNullable<
  OutputOf<'config:DescribeConfigurationRecorders'>['ConfigurationRecorders']
>[number];
export type RecorderStatusAnswer = NonNullable<
  OutputOf<'config:DescribeConfigurationRecorderStatus'>['ConfigurationRecordersStatus']
>[number];

export interface DescribedRecorder<R, S> {
  readonly recorder: R;
  readonly status: Known<S>;
}

/**
 * The customer managed recorders of an account and Region, and the status of each: one call, two where there is one.
 * Recorders that belong to a service record for that service alone, and are left out.
 */
export async function describeRecorders<R, S>(
  { aws }: Pick<Context, 'aws'>,
  session: Session,
  region: string,
  normalize: {
    readonly recorder: (raw: RecorderAnswer) => R;
    readonly status: (raw: RecorderStatusAnswer) => S;
  },
): Promise<Answer<readonly DescribedRecorder<R, S>[]>> {
  const described = await aws.ask(session, 'config:DescribeConfigurationRecorders', {}, { region }, (output) =>
    required(output.ConfigurationRecorders, 'ConfigurationRecorders')
      .filter((it) => it.servicePrincipal === undefined)
      .map((it) => ({ name: required(it.name, 'name'), recorder: normalize.recorder(it) })),
  );
  if (described.it.state !== 'known') return { ...described, it: described.it };
  const found = described.it.value;
  if (found.length === 0) return { ...described, it: known([]) };
  const statuses = await aws.ask(session, 'config:DescribeConfigurationRecorderStatus', {}, { region }, (output) => {
    const all = required(output.ConfigurationRecordersStatus, 'ConfigurationRecordersStatus');
    return found.map(({ name }) => {
      const own = all.find((it) => it.name === name);
      return normalize.status(required(own, `the status of recorder ${name}`));
    });
  });
  return {
    it: known(
      found.map(({ recorder }, index) => ({ recorder, status: mapKnown(statuses.it, (all) => at(all, index)) })),
    ),
    evidence: { ...described.evidence, ...statuses.evidence },
  };
}

function at<T>(all: readonly T[], index: number): T {
  // There is a status for each recorder, as it was made of the list of recorders.
  return all[index] as T;
}

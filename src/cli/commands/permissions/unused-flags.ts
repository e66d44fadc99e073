import { isS3Location } from '../../../collect/index.js';
import { UsageError } from '../../../model/errors.js';
import { flagOf, type FlagsGiven } from '../../source/flags-given.js';

/** What decides which document is printed. */
interface Asked extends FlagsGiven {
  readonly athena?: true;
  readonly lake?: true;
  readonly insights?: true;
  readonly caller?: true;
  readonly trust?: true;
  readonly verifyLogs?: true;
  readonly format: string;
  readonly source: string;
}

interface Document {
  /** For the message. */
  readonly name: string;
  readonly isJson: boolean;
  /** Flags that it is made of, and those that choose it. */
  readonly flags: readonly string[];
}

const ofTrust = ['callerAccount', 'callerRole', 'organization', 'externalId'];
const ofCalls = ['pack', 'policies', 'ou', 'verifyLogs', 'eventHistory'];

/**
 * No flag is passed over in silence.
 *
 * @throws UsageError for a flag that does not change what is printed
 */
export function refuseUnused(asked: Asked): void {
  const { name, isJson, flags } = documentOf(asked);
  const isOther = isJson && asked.format !== 'json';
  const wrong = asked.flagsGiven?.find((it) => (it === 'format' ? isOther : !flags.includes(it)));
  if (wrong === undefined) return;
  throw new UsageError(
    wrong === 'format'
      ? `${name} is printed as JSON, and not as ${asked.format}.`
      : `${flagOf(wrong)} has no effect on ${name}.`,
    ofTrust.includes(wrong) && name === nameOfRole
      ? 'Add --trust, or --format cloudformation or terraform, whose role says who may assume it; or leave it out.'
      : 'Leave it out.',
  );
}

const nameOfRole = 'what the role may do';

function documentOf({ athena, lake, insights, caller, trust, verifyLogs, format, source }: Asked): Document {
  const ofQueries = ['athena', 'athenaResults', 'lake', 'insights', 'source', 'partition'];
  if (athena === true || lake === true || insights === true)
    return { name: 'what queries need', isJson: true, flags: ofQueries };
  if (source === 'config') return { name: 'what reading AWS Config needs', isJson: true, flags: ['source'] };
  if (isS3Location(source) && verifyLogs !== true)
    return { name: 'what reading its files needs', isJson: true, flags: ['source', 'partition'] };
  if (trust === true) {
    const flags = ['trust', 'roleName', 'verifyLogs', 'eventHistory', 'partition', ...ofTrust];
    return { name: 'the trust policy of the role', isJson: true, flags };
  }
  if (caller === true)
    return { name: 'what the caller needs', isJson: false, flags: ['caller', 'roleName', 'partition', ...ofCalls] };
  const flags = ['roleName', 'source', ...(verifyLogs === true ? ['partition'] : []), ...ofCalls];
  if (format === 'json') return { name: nameOfRole, isJson: true, flags };
  return { name: 'the template of the role', isJson: false, flags: [...flags, 'management', ...ofTrust] };
}

import { Unknown, ViewList, type Value } from '../expression/index.js';
import type { Known } from '../model/known.js';
import { byText } from '../text/order.js';
import { required, texts } from './convert.js';
import { evidenceOf } from './fields.js';
import type { Field } from './object.js';
import { totalMap } from './total-map.js';
import { neverRecorded, type World } from './world.js';

type Tags = Readonly<Record<string, string>>;

interface Tagged {
  readonly arn: string;
  readonly tags?: Known<Tags>;
  readonly evidence: Readonly<Record<string, string>>;
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** AWS's own tags, which nobody else can set: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const systemPrefix = 'aws:';

/**
 * The fields on the tags of a resource.
 *
 * @param call tells them
 * @param placeOf where that is asked
 */
export function tagFields<S extends Tagged>(
  call: string,
  placeOf: (subject: S) => Place,
): Readonly<Record<string, Field<S>>> {
  const field = (whenAbsent: () => Value, show: (tags: Tags) => Value): Field<S> => ({
    read: (subject, world) =>
      subject.tags === undefined
        ? notAsked(call, subject.arn, placeOf(subject), world)
        : required(subject.tags, whenAbsent(), show),
    evidence: (subject) => evidenceOf(subject, [call]),
  });
  return {
    tags: field(() => mapOf({}), mapOf),
    tagKeys: field(
      () => new ViewList([]),
      (tags) =>
        texts(
          Object.keys(tags)
            .filter((key) => !key.startsWith(systemPrefix))
            .toSorted(byText),
        ),
    ),
  };
}

function mapOf(tags: Tags): Value {
  return totalMap((key) => (Object.hasOwn(tags, key) ? (tags[key] ?? '') : ''));
}

function notAsked(call: string, resource: string, place: Place, world: World): Value {
  const message = `The tags of ${resource} were not read: they are asked for where a policy reads them.`;
  const reason = neverRecorded(world.inventory);
  return new Unknown([world.note({ call, ...place, resource, reason, message })]);
}

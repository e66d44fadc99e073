import { mapKnown } from '../../model/known.js';
import { type ListedAccount, tagsOf, required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';

/** An account with its tags in Organizations: one call an account. */
export async function withTags<A extends Pick<ListedAccount, 'id' | 'tags'>>(context: Context, account: A): Promise<A> {
  const { aws, sessions, region } = context;
  const input = { ResourceId: account.id };
  const tags = await aws.askAll(
    sessions.base,
    'organizations:ListTagsForResource',
    input,
    { region, resource: account.id },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.Tags, 'Tags'),
    },
  );
  return { ...account, tags: mapKnown(tags.it, tagsOf) };
}

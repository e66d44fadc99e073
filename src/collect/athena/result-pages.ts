import type { GetQueryResultsCommandInput } from '@aws-sdk/client-athena';
import type { AthenaRow } from '../../model/athena.js';
import { Unreadable } from '../../model/object-store.js';
import { required } from '../../normalize/index.js';
import type { Aws } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import { unreadable } from './run-query.js';

/** 1,000 rows are a page. */
const pageSize = 1000;

/**
 * The rows of a result, page after page, the header first.
 *
 * @throws Unreadable when a page cannot be read
 */
export async function* resultPages(
  aws: Aws,
  session: Session,
  region: string,
  id: string,
): AsyncGenerator<AthenaRow, void, undefined> {
  let token: string | undefined;
  const tokens = new Set<string>();
  do {
    const input: GetQueryResultsCommandInput = {
      QueryExecutionId: id,
      MaxResults: pageSize,
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const answer = await aws.read(session, 'athena:GetQueryResults', input, { region }, (output) => ({
      rows: required(required(output.ResultSet, 'ResultSet').Rows, 'ResultSet.Rows').map((row) =>
        required(row.Data, 'Row.Data').map((it) => it.VarCharValue),
      ),
      token: output.NextToken === '' ? undefined : output.NextToken,
    }));
    if ('failure' in answer) throw unreadable(answer.failure, 'a page of its result could not be read');
    if (answer.it.state !== 'known') throw new Error('athena:GetQueryResults has no answer that means "absent".');
    yield* answer.it.value.rows;
    ({ token } = answer.it.value);
    if (token === undefined) return;
    if (tokens.has(token)) throw new Unreadable('error', 'the same page token of its result came twice');
    tokens.add(token);
  } while (token !== undefined);
}

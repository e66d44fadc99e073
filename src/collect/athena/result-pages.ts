import type { GetQueryResultsCommandInput } from '@aws-sdk/client-athena';
import type { AthenaRow } from '../../model/athena.js';
import { required } from '../../normalize/index.js';
import { resultPages } from '../queries/result-pages.js';
import type { CallPath } from '../queries/run-query.js';

/** 1,000 rows are a page. */
const pageSize = 1000;

/**
 * The rows of a result, page after page, the header first.
 *
 * @throws Unreadable when a page cannot be read
 */
export function athenaPages({ aws, session }: CallPath, region: string, id: string): AsyncGenerator<AthenaRow, void> {
  return resultPages(async (token) => {
    const input: GetQueryResultsCommandInput = {
      QueryExecutionId: id,
      MaxResults: pageSize,
      ...(token === undefined ? {} : { NextToken: token }),
    };
    return await aws.read(session, 'athena:GetQueryResults', input, { region }, (output) => ({
      rows: required(required(output.ResultSet, 'ResultSet').Rows, 'ResultSet.Rows').map((row) =>
        required(row.Data, 'Row.Data').map((it) => it.VarCharValue),
      ),
      token: output.NextToken,
    }));
  });
}

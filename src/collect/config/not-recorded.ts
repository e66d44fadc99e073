import type { Unknown } from '../../model/known.js';
import type { Ledger } from '../aws/ledger.js';
import { operations, type OperationName } from '../aws/operations/index.js';

type Operations = typeof operations;

/** Calls of live AWS that tell what AWS Config never records: their row says so in a sentence. */
type LiveOnlyCall = {
  [N in OperationName]: Operations[N] extends { readonly notRecorded: string } ? N : never;
}[OperationName];

/** The gaps of what AWS Config never records: one for each call, whatever the account. */
export class NotRecorded {
  constructor(
    private readonly ledger: Ledger,
    private readonly at: Date,
  ) {}

  gap(call: LiveOnlyCall): Unknown {
    const asked = { call, accountId: '*', region: 'global' };
    return this.ledger.addGap(
      asked,
      { reason: 'not-recorded-by-config', message: operations[call].notRecorded },
      this.at,
    );
  }
}

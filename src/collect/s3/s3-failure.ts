import type { Failure } from '../aws/classify-error.js';

/** An object, or a list of objects, that S3 did not give. */
export class S3Failure extends Error {
  override readonly name = 'S3Failure';

  constructor(
    readonly failure: Failure,
    /** Objects that were listed before. */
    readonly listed = 0,
  ) {
    super(failure.message);
  }
}

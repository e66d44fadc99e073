import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';

/**
 * What may be said when: nothing before `initialize`, which comes once, and nothing but `exit` after `shutdown`.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
 */
export class Session {
  private stage: 'new' | 'open' | 'over' = 'new';

  get isOpen(): boolean {
    return this.stage === 'open';
  }

  get isOver(): boolean {
    return this.stage === 'over';
  }

  /** Answers `initialize`. */
  begin<T>(answer: () => T): T | ResponseError {
    if (this.stage !== 'new') return new ResponseError(ErrorCodes.InvalidRequest, 'initialize is sent only once');
    this.stage = 'open';
    return answer();
  }

  /** Answers `shutdown`. */
  end(): null | ResponseError {
    return this.answer(() => {
      this.stage = 'over';
      return null;
    });
  }

  /** Answers any other request. */
  answer<T>(answer: () => T): T | ResponseError {
    if (this.stage === 'new') return new ResponseError(ErrorCodes.ServerNotInitialized, 'initialize comes first');
    if (this.stage === 'over') return new ResponseError(ErrorCodes.InvalidRequest, 'after shutdown comes only exit');
    return answer();
  }
}

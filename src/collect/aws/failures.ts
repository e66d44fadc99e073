import { noAnswerCode, type Failure } from './classify-error.js';

export function notKept(name: string): Failure {
  const message = `The evidence holds no answer to this call of ${name}.`;
  return { reason: 'not-collected', message, code: 'NotKept', expired: false, regionDenied: false };
}

export const notSelected: Failure = {
  reason: 'not-collected',
  message: 'No policy of the run needs this call, so it was not made.',
  code: 'LeftOut',
  expired: false,
  regionDenied: false,
};

export const interrupted: Failure = {
  reason: 'not-collected',
  message: 'The run was interrupted before this was answered.',
  code: 'Interrupted',
  expired: false,
  regionDenied: false,
};

export function timeoutFailure(name: string, deadline: number): Failure {
  const message = `${name} gave no answer within ${Math.round(deadline / 1000)} seconds.`;
  return { reason: 'error', message, code: noAnswerCode, expired: false, regionDenied: false };
}

export function notAsked(failure: Failure): Failure {
  return { ...failure, message: `Not called, after: ${failure.message}` };
}

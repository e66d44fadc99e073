import { anything, maybe, oneOf, someText, type EventObject, type EventValue } from '../partial-event/index.js';
import { anyone, errorFields, eventClass } from './event-classes.js';
import type { EventClass, SubjectEvents } from './subject.js';

interface SignIn {
  readonly id: string;
  readonly what: string;
  readonly outcome: 'Success' | 'Failure';
  readonly usedMfa: EventValue;
  readonly by: EventObject;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
function signIn({ id, what, outcome, usedMfa, by }: SignIn): EventClass {
  const fields = {
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    readOnly: false,
    userIdentity: by,
    requestParameters: null,
    responseElements: { ConsoleLogin: outcome },
    additionalEventData: {
      MFAUsed: usedMfa,
      MFAIdentifier: anything,
      MobileVersion: maybe(someText(['No'])),
      LoginTo: maybe(someText(['https://console.aws.amazon.com/console/home'])),
      LoginAccount: anything,
      SwitchFrom: anything,
      RedirectTo: anything,
    },
  };
  if (outcome === 'Success') return eventClass(id, what, fields, errorFields);
  // A failed sign-in has a message and no code.
  return eventClass(id, what, { ...fields, errorMessage: 'Failed authentication' }, ['errorCode']);
}

const iamUser: EventObject = { ...anyone, type: 'IAMUser' };

/** CIS asks no more than IAM users: sign-ins through an identity provider show no MFA here, whatever the provider did. */
export const signInWithoutMfa: SubjectEvents = {
  required: [
    signIn({
      id: 'ConsoleLoginWithoutMfa',
      what: 'a console sign-in of an IAM user without MFA',
      outcome: 'Success',
      usedMfa: 'No',
      by: iamUser,
    }),
  ],
  sinceCis5: [],
  advised: [],
  forbidden: [
    signIn({
      id: 'ConsoleLoginWithMfa',
      what: 'a console sign-in of an IAM user with MFA',
      outcome: 'Success',
      usedMfa: 'Yes',
      by: iamUser,
    }),
  ],
};

export const signInFailures: SubjectEvents = {
  required: [
    signIn({
      id: 'ConsoleLoginFailure',
      what: 'a console sign-in that failed',
      outcome: 'Failure',
      usedMfa: maybe(oneOf('Yes', 'No')),
      by: anyone,
    }),
  ],
  sinceCis5: [],
  advised: [],
  forbidden: [
    signIn({
      id: 'ConsoleLogin',
      what: 'a console sign-in that succeeded',
      outcome: 'Success',
      usedMfa: 'Yes',
      by: iamUser,
    }),
  ],
};

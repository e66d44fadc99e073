/** How the message of a gap begins that the caller's credentials have left by their end; all that was to come has it. */
export const callerExpired = "The caller's credentials expired during the run";

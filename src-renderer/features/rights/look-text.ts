/** What is said to whoever looks at a report that somebody asked to release. */
export const lookText = {
  title: (report: string) => `Before it leaves: ${report}`,
  askedBy: 'Asked by',
  purpose: 'For whom and why',
  making: 'Making the report as it would leave',
  changedTitle: 'This is another report by now',
  changed:
    'The data, or what was let out, have changed since somebody asked. Agreeing would let nothing be written: decline, and let them ask anew.',
  note: 'Note',
  noteHint: 'Whoever asked reads it. Name nobody.',
  agree: 'Agree to this',
  decline: 'Decline',
  close: 'Close',
} as const;

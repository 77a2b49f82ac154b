/** What is said of who releases what leaves. */
export const releaseText = {
  title: 'Who releases reports and bundles',
  note: 'Whatever leaves is checked for small numbers and entered in the log of releases. Beyond that, a second person can be asked to look at it first.',
  one: 'One person releases: an analyst or evaluator builds a report or a bundle, and it is written at once.',
  two: 'Two people release: another administrator or clinician looks at the report, or at what is asked for in a bundle, and agrees to exactly that, then it is written.',
  tooFew:
    'Fewer than two people in this vault are administrators or clinicians. Where one of them asks, nobody else can agree.',
  askTwo: 'Ask for two people…',
  askOne: 'Let one person release…',
  twoTitle: 'Ask for two people',
  twoNote: 'From now on a report or bundle waits until another administrator or clinician has agreed to exactly that.',
  oneTitle: 'Let one person release',
  oneNote: 'From now on nobody else has to agree. Requests that wait stay in their list.',
  confirm: 'Set the rule',
  reasonHint: 'Kept in the audit log.',
} as const;

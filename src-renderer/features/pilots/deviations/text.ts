export const deviationText = {
  title: 'Deviations',
  note: 'What is done otherwise than locked, and why, the oldest first. None is ever changed, and every report of the pilot prints them.',
  add: 'Record a deviation',
  beforeTitle: 'The plan is not locked yet',
  before:
    'While it is not locked, the plan itself is changed. Once it is, whatever is done otherwise is recorded here.',
  noneTitle: 'No deviation',
  none: 'The pilot goes as planned. Record here whatever is done otherwise, as soon as it is known.',
  columns: { when: 'When', who: 'By', what: 'What is done instead', reason: 'Reason' },
  dialogNote: 'It cannot be changed or taken back afterwards. Name nobody.',
  what: 'What is done instead',
  reasonHint: 'Why it could not be as planned.',
} as const;

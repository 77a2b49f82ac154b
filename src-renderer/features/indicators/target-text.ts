import { formatDate } from '../../ui/format.ts';

export const targetText = {
  title: 'Target',
  reason: 'Reason',
  note: 'What the force wants of this indicator. Whether it is met is judged by where it lies against the limits of the chart, not by one month.',
  target: 'Target',
  assurance: 'Assurance',
  meaning: 'Which means',
  setBy: 'Set by',
  byDefinition: 'the definition; the force has set none of its own',
  owner: 'Owner',
  review: 'Review',
  when: 'When',
  who: 'Who',
  withdrawn: 'Withdrawn',
  history: 'Targets until now',
  set: 'Set a target',
  change: 'Change the target',
  withdraw: 'Withdraw',
  none: 'No target is set. Set one to see whether the way things work now meets it.',
  noneOthers: 'No target is set. An analyst can set one.',
  noDirection:
    'Neither higher nor lower is better in itself, so this indicator has no target. Watch how it varies instead.',
  overdue: (day: string) => `The review of this target was due on ${formatDate(day)}`,
  overdueAnalyst: 'Ask its owner whether it still holds. Then set it again with a new day of review, or withdraw it.',
  overdueOthers: 'Ask an analyst to look at it with its owner.',
  meanings: {
    pass: 'It lies outside the limits, on the side of the better: it is met month after month, unless something changes.',
    fail: 'It lies outside the limits, on the side of the worse: it is missed month after month, unless the way of working changes.',
    'hit or miss':
      'It lies inside the limits: some months meet it and some miss it by chance, so one month says nothing.',
    unknown: 'Fewer than twelve months have a value, so there are no limits to judge it by yet.',
    none: '',
  },
  setTitle: 'Set a target',
  changeTitle: 'Change the target',
  changeNote: 'The target that holds now stays in the history. The new one holds for every month that is shown.',
  value: (unit: string, better: 'low' | 'high' | 'neither') =>
    `In the unit of the indicator: ${unit}. ${better === 'low' ? 'It is met at this value or below.' : 'It is met at this value or above.'}`,
  ownerHint: 'A role or post, such as Head of people. Not a person’s name: people move, the target stays.',
  reviewHint: 'The overview reminds analysts once this day has passed.',
  reasonHint: 'Kept in the audit log and beside the target.',
  confirm: 'Set the target',
  withdrawTitle: 'Withdraw the target',
  withdrawNote:
    'Its line goes from the charts. What it was stays in the history; a target of the definition holds again where there is one.',
  withdrawConfirm: 'Withdraw the target',
} as const;

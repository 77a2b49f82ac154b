import { formatDate } from '../../ui/format.ts';

export const text = {
  title: 'Absence',
  lead: 'Days lost, who returns and when, and how groups differ. Figures are for planning support; nothing here is for discipline, promotion or posting.',
  emptyTitle: 'No absences yet',
  emptyText: 'Import people, then absences; days lost, spells and return to work appear here.',
  from: 'From',
  to: 'To',
  latest: (day: string) => `latest day held: ${formatDate(day)}`,
  backwards: 'The period ends before it begins. Choose an earlier first day.',
  by: 'Groups',
  byOptions: {
    unit: 'Unit',
    role: 'Role',
    rank: 'Rank',
    workforce: 'Workforce',
    sex: 'Sex',
    'age-band': 'Age band',
  },
  days: 'Days lost in',
  dayOptions: { calendar: 'Calendar days', working: 'Monday to Friday' },
  running: 'Working out the absences',
  tooFew: 'too few to show',
  withheldAll:
    'Fewer than ten people, or fewer than ten of them absent, stand behind these figures, so they are withheld. Choose a longer period.',
  groupsNothing: 'Every group is withheld. Choose other groups or a longer period above; the table names these.',
  groupNote: (withheld: number) =>
    `FTE days lost per 100 FTE days in post. ${withheld > 0 ? `${withheld === 1 ? 'One group has' : `${withheld} groups have`} fewer than ten people, or fewer than ten absent, and ${withheld === 1 ? 'is' : 'are'} withheld with what would give ${withheld === 1 ? 'it' : 'them'} away.` : 'No group is withheld.'}`,
  monthsNone: 'No whole month of the period has a value that may be shown. Choose a longer period.',
  monthsNote:
    'FTE days lost per 100 FTE days in post, month by month. Dashed lines are the limits within which months vary by chance; a marked month is a signal by a named rule. Absence rises in winter: set a month beside the same month a year before, too.',
  monthsWithheld: (months: number) =>
    ` ${months === 1 ? 'One month is' : `${months} months are`} withheld, because few people were absent or to hide a month of which that is true.`,
  ratioNote:
    'Spells that began, each group against the reference, with 95% intervals, by a model of spells per full-time year. An interval across 1 holds no difference too. Groups differ in work, age and how absence is recorded.',
  returnNote: (late: number) =>
    `Share still absent by days since the first day, by Kaplan and Meier; dotted lines are 95% intervals. Spells that go on at the end of the period are censored: how long they will last is not known.${late > 0 ? ` ${late === 1 ? 'One spell was' : `${late} spells were`} already open on the first day and enter late.` : ''}`,
  returnNone: 'Fewer than ten people were absent, so no curve of returns is drawn.',
  splitAll: 'All',
  splitReason: 'By reason',
  splitLabel: 'Curves',
  reasonsTitle: 'Reasons',
  reasonsNote:
    'Spells and FTE days by the code of the extract and the group it was read as. What no rule knows counts as not psychological, so the true share lies higher.',
  bradfordTitle: 'Bradford factor, as context only',
} as const;

import { formatCount, formatDate, plural } from '../../ui/format.ts';

export const signalsText = {
  controls: 'Looks',
  every: 'Look every',
  everyOptions: { day: 'Day', week: 'Week', month: 'Month' },
  back: 'Over',
  backOptions: { '91': '3 months', '182': '6 months', '364': '12 months', '728': '24 months' },
  scheme: 'Rules of',
  lastLook:
    'The last look is on the day above. Window and scheme above are for the other tabs: each rule has a window of its own.',
  running: 'Looking for signals',
  words: 'Offers of support, never verdicts',
  wordsText: (cooldownDays: number, clearAfterDays: number) => [
    'A signal says that recorded work met a rule of the scheme. It says nothing of how the person is; what to offer is the person’s and the clinician’s to decide.',
    `A rule over a window that goes on holding is said again after its cool-down of ${plural(cooldownDays, 'day')}; looks in between join the signal that is there. It has cleared once it was false at every look for ${plural(clearAfterDays, 'day')}. Single events are told each time, whatever came before.`,
    'Where a person has an open case, the signal joins it on the clinicians’ list as new since the last review. Safety answers are no part of this, not even as a number: they go to the clinicians’ list alone.',
  ],
  standing: 'A rule stands for',
  standingNote: (people: number) => `people, of ${formatCount(people)} in post at the last look`,
  raised: 'Signals',
  raisedNote: (fresh: string, again: string) => `${fresh} new, ${again} said again`,
  joined: 'Looks that joined a signal',
  joinedNote: 'within a cool-down; none is lost',
  coverage: 'Coverage',
  coverageNote: 'of exposure rows have a code with a rule',
  chartTitle: (signals: number, people: number, from: string, to: string) =>
    signals === 0
      ? `No signal between ${formatDate(from)} and ${formatDate(to)}`
      : `${plural(signals, 'signal')} for ${plural(people, 'person', 'people')} between ${formatDate(from)} and ${formatDate(to)}`,
  chartNote:
    'Signals by month of the look at which they were raised, by rule. The first look holds what began before it.',
  rulesTitle: 'The rules, in words',
  unitsTitle: 'By unit',
  unitsNote: 'The unit on the day of the look. Teams differ in what they are sent to.',
  peopleTitle: (count: number) => (count === 0 ? 'Nobody has a signal' : plural(count, 'signal')),
  peopleNote: 'Pseudonyms only; not copied or exported. Choose a line to see the person’s timeline.',
  search: 'Find a pseudonym, unit or rule',
  standingOnly: 'Standing now',
  month: 'Month',
  rule: 'Rule',
  why: 'Why: a reason to offer support',
  unit: 'Unit',
  role: 'Role',
  people: 'People',
  fresh: 'New',
  again: 'Again',
  standsNow: 'Stand now',
  raisedOn: 'Raised',
  state: 'State',
  newState: 'new',
  againState: 'still holds',
  cooling: 'Cool-down',
  coolsUntil: (date: string) => `until ${formatDate(date)}`,
  cooled: 'over',
  noCooldown: 'none: single event',
  since: 'Holds since',
  clearedOn: (date: string) => `cleared ${formatDate(date)}`,
  nothing: 'No signal matches.',
  under5: 'under 5',
} as const;

/** Small numbers of people are not told on screens that others may see over a shoulder. */
export function few(count: number): string {
  return count > 0 && count < 5 ? signalsText.under5 : formatCount(count);
}

import type { CodeCoverage } from '#shared/contract/code-rules.ts';
import { formatCount, formatShare, plural } from '../../ui/format.ts';

export const text = {
  title: 'Code lists',
  lead: 'What the codes of incidents mean. By these rules attendances become exposures; codes without a rule are never counted.',
  coverage: 'Coverage',
  noAttendances: 'No attendances are held',
  noAttendancesText:
    'Import incidents and attendances: their codes are then listed here, most attendances first, to be given a category.',
  unmapped: (codes: number) => (codes === 0 ? 'Every code has a rule' : `${plural(codes, 'code')} without a rule`),
  unmappedNote:
    'Most attendances first. Closing codes count where an incident has any, else its opening code. Proposals come from words alone: look before you accept one.',
  unmappedNone: 'There is nothing left to decide.',
  first: (shown: number, all: number) => `The first ${formatCount(shown)} of ${formatCount(all)}.`,
  keys: 'On a row: Enter chooses a category, N says not traumatic, P accepts the proposal, S skips, X marks it for work on several at once, Backspace takes a decision back.',
  choose: 'Choose a category…',
  notTraumatic: 'Not traumatic',
  accept: 'Accept proposals',
  takeBack: 'Take back',
  unmark: 'Unmark all',
  marked: (count: number) => (count === 0 ? 'No codes marked' : `${plural(count, 'code')} marked`),
  chooseTitle: (codes: readonly string[]) =>
    codes.length === 1 ? `What “${codes[0] ?? ''}” means` : `What ${plural(codes.length, 'code')} mean`,
  category: 'Category',
  categoryNote: 'Type to search. Dates and places can be given to the rule afterwards, below.',
  use: 'Use it',
  cancel: 'Cancel',
  rules: 'Rules',
  rulesNote: (version: number | null) =>
    version === null
      ? 'No rules are in force yet.'
      : `Version ${version} is in force. The most specific rule of an incident’s day speaks: a code before a beginning with *, a longer beginning before a shorter.`,
  noRules: 'No rules yet.',
  search: 'Search rules',
  addRule: 'Add a rule…',
  readFile: 'Read from a file…',
  writeFile: 'Save as a file…',
  written: (rules: number) => `Saved ${plural(rules, 'rule')} as a file.`,
  edit: 'Edit',
  remove: 'Remove',
  ruleTitle: (isNew: boolean) => (isNew ? 'Add a rule' : 'Edit the rule'),
  code: 'Code',
  codeNote: 'As in the extract; case does not matter. A * at the end stands for every code that begins so.',
  codeEmpty: 'Type a code.',
  codeEverything: 'A * alone would hide codes that nobody has looked at.',
  from: 'From',
  to: 'To',
  daysNote: 'Days on which the incident was created; empty for always.',
  daysWrong: 'The last day lies before the first.',
  noDate: 'Type a date such as 31 Mar 2026, or leave it empty.',
  where: 'Where the code stands',
  note: 'Note',
  draftTitle: (added: number, removed: number) =>
    `Not saved yet: ${plural(added, 'rule')} added or changed, ${formatCount(removed)} taken out`,
  draftText: 'Nothing counts differently until a new version is saved.',
  discard: 'Discard the changes',
  preview: 'See what would change',
  previewing: 'Working out what would change',
  previewTitle: 'What would change',
  reason: 'Why are the rules changed?',
  reasonNote: 'Kept with the version for whoever asks later.',
  save: 'Save as a new version',
  saved: (version: number) => `Version ${version} is in force. Results from now on name it.`,
  versions: 'Versions',
  versionsNote: 'None is ever changed. Taking one up again makes it a draft.',
  takeUp: 'Take up again',
} as const;

export const places: Readonly<Record<'any' | 'closed' | 'opened', string>> = {
  any: 'Anywhere',
  closed: 'Among the closing codes',
  opened: 'As the opening code',
};

/** Coverage in one sentence, with what it leaves out in a second. */
export function coverageSentences({
  attendances,
  exposures,
  alreadyDirect,
  coverage,
}: CodeCoverage): readonly string[] {
  const { all, traumatic, unmapped, notImported } = attendances;
  const left = [
    ...(unmapped > 0 ? [`${formatCount(unmapped)} belong to incidents whose codes have no rule`] : []),
    ...(notImported > 0 ? [`${formatCount(notImported)} name an incident that is not imported`] : []),
  ];
  const direct =
    alreadyDirect === 0
      ? ''
      : `; ${plural(alreadyDirect, 'more was imported directly and counts', 'more were imported directly and count')} once`;
  return [
    `${formatShare(coverage)} of ${plural(all, 'attendance')} belong to incidents whose codes have a rule.`,
    left.length === 0 ? '' : `Not counted: ${left.join('; ')}.`,
    traumatic === 0
      ? 'No attendance makes an exposure yet.'
      : `${plural(traumatic, 'attendance of a traumatic incident makes', 'attendances of traumatic incidents make')} ${plural(exposures, 'exposure')}, one a person, incident and category${direct}.`,
  ].filter((sentence) => sentence !== '');
}

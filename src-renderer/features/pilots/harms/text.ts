import type { Seriousness } from '#shared/domain/adverse-events.ts';

export const harmText = {
  emptyTitle: 'No adverse events',
  empty:
    'None is recorded, by an extract or here. That nothing is recorded does not say that nothing happened: ask those who lead the sessions.',
  headTitle: 'A serious adverse event is recorded',
  head: 'See the adverse events of this pilot, and whether it may go on: the plan and the clinicians say who decides.',
  headClinician: 'See the adverse events of this pilot, and whether whoever it befell is looked after.',
  look: 'See the adverse events',
  unclear: 'How serious some events were is not clear from the words of the extract. A clinician can record it.',
  bySeriousness: 'People by the gravest of their events',
  byCategory: 'People with an event of each kind',
  byCategoryNote: 'Somebody with events of several kinds is in each of them.',
  countNote: (minimum: number) =>
    `Withheld are counts under ${minimum}, and those from which one would follow. Who asked that nothing of theirs is used is not counted.`,
  withheld: 'withheld',
  all: 'All',
  anybody: 'Anybody with an event',
  noArm: 'in no arm',
  kind: 'Kind',
  seriousness: 'Seriousness',
  levels: {
    serious: 'serious',
    'not serious': 'not serious',
    'not clear': 'not clear',
  } satisfies Record<Seriousness, string>,
  list: 'Each event',
  listNote: 'For clinicians alone. Choose one that was recorded here to take it back where it was a mistake.',
  record: 'Record an adverse event',
  recordNote:
    'Anything untoward that befell somebody while they were in the pilot, whether or not the pilot is thought to have caused it. The audit log does not say whose.',
  person: 'Pseudonym',
  personHint: 'As the lists show it, such as 7K2M-Q4RT-9XBC.',
  on: 'On',
  what: 'What it was',
  whatHint: 'A kind in a word or two, such as Headache; nothing that tells who it was.',
  seriousWhat: 'Serious: death, danger to life, a stay in hospital, lasting harm, or another event of that weight',
  notSeriousWhat: 'Not serious',
  confirm: 'Record it',
  cancel: 'Cancel',
  mistakeTitle: 'Take it back',
  mistake: (category: string, on: string) =>
    `${category}, ${on}. It goes from the list and from every count. What an extract says of it stays.`,
  takeBack: 'It was a mistake',
  recordedBy: 'Recorded by',
  byExtract: 'an extract',
} as const;

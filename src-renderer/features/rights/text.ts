import { formatCount, plural } from '../../ui/format.ts';

export const text = {
  title: 'Rights and retention',
  lead: 'What the vault holds on one person, given to them or erased for good; and what has been kept longer than it should be.',

  personTitle: 'One person',
  personNote:
    'For a person who asks what is held on them, or asks for it to be erased. Every look is written to the audit log with your reason.',
  pseudonym: 'Pseudonym',
  pseudonymHint: 'As screens and reports show it, such as 7K2M-Q4RT-9XBC.',
  reason: 'Reason',
  reasonHint: 'A few words for the audit log. Name nobody.',
  look: 'Show what is held',
  looking: 'Opening what is held',
  held: (rows: number, tables: number) => `${plural(rows, 'row')} in ${plural(tables, 'part')}`,
  part: 'Part',
  rows: 'Rows',
  knownAs: 'Known as',
  unnamed: 'No file of people names them.',
  others: (count: number) => `${plural(count, 'other reference')}, kept as pseudonyms only`,
  linked: (count: number) => `${plural(count, 'row')} about others that only name them: left out of a copy`,
  export: 'Write a copy for them…',
  exportTitle: 'A new or empty folder for the copy',
  exporting: 'Writing the copy',
  exported: (folder: string, rows: number) =>
    `Wrote ${plural(rows, 'row')} to ${folder}: one document to read, and the same as CSV and JSON. It holds names and health data in clear: give it to nobody else, and delete it when it has been handed over.`,
  request: 'Ask for erasure…',
  requestTitle: 'Ask for this person to be erased',
  requestWhat: (person: string) =>
    `Files a request to erase ${person}. Nothing is erased yet: another administrator or clinician looks at the request first.`,
  requestAlone:
    'You are the only user of this vault, so nobody else can agree. You will be asked to type the pseudonym instead.',
  requestConfirm: 'File the request',
  requested: 'The request is filed. It is in the list below.',
  cancel: 'Cancel',

  approvalsTitle: 'Requests',
  approvalsNote: 'What two people have to agree on. Whoever makes a request cannot decide on it.',
  noApprovals: 'Nobody has asked for anything yet.',
  asked: 'Asked',
  by: 'By',
  what: 'For what',
  erasure: 'Erasing a person',
  exportRows: 'Taking out rows of people',
  shareBundle: 'Bundle for other forces',
  releaseReport: 'Releasing a report',
  lookAt: 'Look at it…',
  about: 'About',
  state: 'State',
  actions: 'To do',
  states: { waiting: 'Waiting', approved: 'Agreed', declined: 'Declined', done: 'Carried out' },
  decidedBy: 'Decided by',
  agree: 'Agree',
  decline: 'Decline',
  erase: 'Erase…',
  eraseTitle: (person: string) => `Erase ${person} for good`,
  eraseWhat: [
    'Every row about this person is removed from every table, with what is sealed of them: name, answers, answers about safety, and rejected rows that name them. Cases, decisions and signals go too.',
    'Files that are imported later cannot bring them back: rows under their references are passed over.',
    'Rows of other people stay as they are. What others wrote about this person in their own records stays, and so do entries of the audit log, which name people only by pseudonym.',
    'Reports that were built before keep their files. Those whose figures this person was part of no longer verify.',
    'This cannot be undone.',
  ],
  eraseBackups: (count: number) =>
    count === 0
      ? 'No backup is known that still holds them. Copies made outside Tidemark are yours to find.'
      : `${plural(count, 'backup')} made before still ${count === 1 ? 'holds' : 'hold'} them, until you delete ${count === 1 ? 'it' : 'them'}:`,
  eraseAlone:
    'You are the only user of this vault: nobody else has looked at this request, and the audit log will say so.',
  confirmLabel: (person: string) => `Type ${person} to erase this person`,
  eraseConfirm: 'Erase for good',
  erasing: 'Erasing',
  keep: 'Keep them',
  erased: (person: string, rows: number) =>
    `${person} has been erased: ${plural(rows, 'row')}. What was there has been overwritten.`,
  reportsNote: (reports: number) =>
    reports === 0 ? '' : `${plural(reports, 'report')} built before may no longer verify.`,

  reviewTitle: 'Kept longer than planned',
  reviewNote:
    'Rows older than the period that was set for their kind. Nothing is ever deleted by itself: somebody keeps them for a reason, or deletes them.',
  nothingAged: 'Nothing is older than its period. An administrator sets the periods.',
  kind: 'Kind',
  months: 'Kept for',
  monthsOf: (months: number) => `${formatCount(months)} months`,
  before: 'Older than',
  people: 'People',
  oldest: 'Oldest',
  reviewer: 'Decided by',
  keptUntil: (until: string) => `Kept until ${until}`,
  open: 'To be decided',
  keepButton: 'Keep…',
  deleteButton: 'Delete…',
  keepTitle: (label: string) => `Keep old rows: ${label}`,
  keepUntil: 'Keep until',
  keepConfirm: 'Keep them',
  deleteTitle: (label: string) => `Delete old rows: ${label}`,
  deleteWhat: (rows: number, before: string) =>
    `Deletes ${plural(rows, 'row')} of days before ${before}, with earlier versions of them, answers and notes. Batches keep the counts of what they once brought.`,
  deleteFrom: 'From',
  deleteNote:
    'Analyses of those days will have nothing to show, and reports that used them no longer verify. Backups made before still hold them. The same files would bring them back. This cannot be undone.',
  deleteConfirm: 'Delete for good',
  deleted: (rows: number) => `Deleted ${plural(rows, 'row')}. What was there has been overwritten.`,

  periodsTitle: 'How long rows are kept',
  periodsNote:
    'In months, for each kind of extract. The suggestions are starting values that no source fixes: agree yours with your data protection officer. Setting a period deletes nothing.',
  suggested: (months: number) => `Suggested: ${months}`,
  notSet: 'Not set',
  set: 'Set',
} as const;

/** What is said of reports that a second person has to agree to. */
export const requestsText = {
  title: 'Asked to be released',
  panelNote:
    'Two people release a report: whoever asks, and another administrator or clinician who has looked at exactly what leaves. What was agreed is built once; anything else asks anew.',
  nothing: 'Nobody has asked yet. Ask under “Build a report”.',
  report: 'Report',
  asked: 'Asked',
  by: 'By',
  purpose: 'For whom and why',
  state: 'State',
  states: { waiting: 'Waiting', approved: 'Agreed', declined: 'Declined', done: 'Built' },
  decidedBy: 'Decided by',
  note: 'Note',
  actions: 'To do',
  build: 'Build…',
  buildTitle: (title: string) => `Build ${title}`,
  buildNote: (by: string) => `${by} agreed to exactly this report, for this purpose. It is written once.`,
  askedAnew:
    'The data, or what was let out, have changed since it was agreed to, so this is another report by now. It was not written, and is asked for anew.',
  close: 'Close',
} as const;

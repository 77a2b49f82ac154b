/** What is said wherever a report is previewed and made. */
export const reportText = {
  purpose: 'For whom and why',
  purposeHint: 'Goes into the log of releases.',
  folder: 'New folder for the report',
  folderHint: 'It is made if it is not there.',
  formats: 'Forms',
  formatsNote: 'The figures, the tables for R and the manifest go with each.',
  formatNames: { pdf: 'PDF', docx: 'Word', html: 'HTML' },
  twoPeople:
    'Two people release a report from this vault. Asking writes nothing: another administrator or clinician looks at exactly what would leave, and once they agree it can be built.',
  purposeAsked: 'Whoever is to agree reads it, and it goes into the log of releases.',
  ask: 'Ask to release',
  leavesTitle: 'What leaves',
  leavesNote:
    'Exactly this, and nothing else. Small counts are withheld, and as many others as keep them from being worked out.',
  preview: 'Preview',
  previewing: 'Making the preview',
  previewTitle: 'Preview',
  previewNote: 'As the report will read. Nothing has been written yet.',
  closePreview: 'Close the preview',
  build: 'Build and save',
  building: 'Building the report',
  stopped: 'Stopped. Nothing was written.',
  waitingTitle: 'Waiting for a second person',
  waitingNote: (request: number) =>
    `Nothing was written. Request ${request} waits for another administrator or clinician to look at the report and agree. Once they have, it can be built under “Asked to be released”.`,
  builtTitle: 'The report is built',
  builtIn: (folder: string) => `In ${folder}`,
  open: 'Open',
  showInFolder: 'Show in folder',
} as const;

/** What is said wherever a report is previewed and made. */
export const reportText = {
  purpose: 'For whom and why',
  purposeHint: 'Goes into the log of releases.',
  folder: 'New folder for the report',
  folderHint: 'It is made if it is not there.',
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
    `Nothing was written. Request ${request} waits for another administrator or clinician to look at the report and agree. Build it once they have.`,
  builtTitle: 'The report is built',
  builtIn: (folder: string) => `In ${folder}`,
} as const;

import { plural } from '../../../ui/format.ts';

export const sharingText = {
  title: 'Share with other forces',
  note: 'A signed bundle of counts, sums and coefficients that another force or a national lead can pool. No row of a person is in it. What may leave is decided together with everything let out before.',
  force: 'Name of the force',
  forceHint: 'As other forces know it.',
  from: 'From',
  to: 'To',
  periodWrong: 'Whole months only: the first day of one, the last day of another.',
  what: 'What goes in beside the indicators',
  exposures: 'Exposures by month and kind',
  absence: 'Rate of absence spells',
  reason: 'For whom and why',
  reasonHint: 'Kept in the log of releases.',
  file: 'File',
  fileHint: 'A new file; nothing is written over.',
  preview: 'Show what would leave',
  previewing: 'Adding up what would leave',
  release: 'Release',
  releasing: 'Releasing',
  stopped: 'Stopped. Nothing was written.',
  released: 'Released',
  writtenTo: (file: string) =>
    `Written to ${file} and entered in the log. Send it by any way; nobody can change it unnoticed.`,
  waiting: 'Waiting for a second person',
  waitingNote: (request: number) =>
    `Nothing was written. Request ${request} waits under Rights for an administrator or clinician to agree. Release again once they have.`,
  leaves: 'What would leave',
  leavesNote: 'Exactly this. Small counts are withheld, and as many others as keep them from being worked out.',
  withheldOf: (withheld: number, counts: number) => `${withheld} of ${plural(counts, 'count')}`,
  withheld: 'withheld',
  fingerprint: 'Fingerprint of your key',
  fingerprintNote:
    'Tell it to whoever pools, by telephone or in person, never beside the file: it shows that a bundle is yours.',
  showFingerprint: 'Show the fingerprint',
  close: 'Close',
} as const;

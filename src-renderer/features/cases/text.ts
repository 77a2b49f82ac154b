import type { CaseView, SafetyAnswer, WorkItem } from '#shared/contract/cases.ts';
import type { decisionWords } from '#shared/domain/cases.ts';
import { formatDate, plural } from '../../ui/format.ts';

export const text = {
  title: 'Cases',
  lead: 'What waits for you: safety answers first, then signals, referrals and reviews. You decide; nothing here decides for you.',
  working: 'Opening safety answers and looking for signals',
  crisisTitle: 'Not a crisis service',
  safetyNone: 'No safety answer waits to be acknowledged.',
  safetyNote: (hours: number) =>
    `Answers to a question about self-harm that were above its first step, straight from the sealed answers. What nobody has acknowledged ${hours} hours after it arrived is a deputy’s. Press Enter on one to look at it.`,
  safetyTitle: (count: number) =>
    count === 0 ? 'Safety answers: none waits' : `Safety answers: ${plural(count, 'answer waits', 'answers wait')}`,
  overdue: (count: number) =>
    count === 1
      ? 'One of them is overdue: a deputy should look now.'
      : `${count} of them are overdue: a deputy should look now.`,
  unreadable: (count: number) =>
    `${plural(count, 'sealed answer')} cannot be opened with your key. Tell whoever looks after the vault’s keys.`,
  notSeenTitle: (count: number) => `Safety answer not seen: ${plural(count, 'screening')}`,
  notSeenNote:
    'Only a total was given, or the question was left blank. That is not “no risk”: nobody has seen an answer. The newest come first.',
  acknowledgedTitle: (count: number) => `Acknowledged: ${plural(count, 'answer')}`,
  answerTitle: 'Safety answer',
  acknowledge: 'Acknowledge',
  acknowledgeNote: 'Note (sealed; may be left empty)',
  openCase: 'Open a case',
  goToCase: 'Go to the case',
  worklist: 'Worklist',
  worklistNote:
    'Overdue reviews first, then referrals, what is new, and signals. Nobody is ranked by a score. Press Enter to open.',
  signalsAsOf: (asOf: string | null, scheme: string) =>
    ` Signals are raised by the scheme ${scheme}${asOf === null ? '' : `, on the data to ${formatDate(asOf)}`}.`,
  raisedBy: 'Raised by',
  joinCase: (id: number) => `Add to case ${id}, which is open`,
  worklistEmpty: 'Nothing waits. New signals, referrals and reviews appear here when there are some.',
  newCase: 'New referral or case',
  who: 'Who',
  byReference: 'By reference, as the people extract has it',
  byPseudonym: 'By pseudonym',
  whoNote: 'A reference is looked for by opening the sealed identities with your key; that you did is recorded.',
  origin: 'How it came',
  received: 'Received on',
  reason: 'Reason (sealed)',
  reasonHint: 'Only clinicians can open it.',
  cancel: 'Cancel',
  reveal: 'Show who this is…',
  revealTitle: 'Who this is',
  revealWhy: 'Why you need to know (sealed; that you looked is recorded)',
  revealConfirm: 'Show for a minute',
  hide: 'Hide now',
  hidesIn: (seconds: number) => `Hides itself in ${plural(seconds, 'second')}.`,
  summaryTitle: 'Summary of the case',
  summaryNote:
    'For occupational health only, marked OFFICIAL-SENSITIVE PERSONAL. It needs a reason, and that it was made is recorded. Offer the person sight of it, and ask for their consent, before it goes to anybody.',
  summaryNone: 'None has been made.',
  summaryNamed: 'with who the person is',
  summaryUnnamed: 'by pseudonym',
  summaryUnreadable: 'Your key does not open the reason.',
  summaryMake: 'Make a summary…',
  summaryDialog: 'Make a summary of the case',
  summaryReason: 'Why it is made, and for whom',
  summaryReasonHint: 'Stands in the summary, and is kept sealed.',
  summaryHolds: 'What it holds',
  summaryHoldsHint: 'No more than whoever reads it needs.',
  summarySections: {
    safety: 'Safety answers',
    reasons: 'Why the case is open',
    exposure: 'Exposure over time',
    scores: 'Scores with reliable change',
    absence: 'Absence',
    contacts: 'Contacts with services',
    decisions: 'Decisions and their reasons',
  },
  summaryIdentity: 'With who the person is (only within an hour of your having shown it)',
  summaryFolder: 'New folder for the summary',
  summaryFolderHint: 'It is written there as PDF, Word and HTML with its manifest.',
  summaryPreview: 'Preview',
  summaryMaking: 'Making the summary',
  summaryButton: 'Make and save',
  summaryMade: 'The summary is made',
  summaryMadeIn: (folder: string, files: string) => `In ${folder}: ${files}`,
  summaryDone: 'Done',
  decide: 'Decide',
  decideNote: 'Your decision is added; nothing that was decided before is changed.',
  decision: 'Decision',
  decisionReason: 'Reason (sealed)',
  due: 'Look at it again on',
  overrides: 'I decide otherwise than the signal suggests',
  overrideReason: 'Why otherwise (sealed)',
  suggests: 'A signal since the last decision suggests an offer of support. You decide.',
  decideButton: 'Store the decision',
  reopen: 'Open it again',
  reviewTitle: 'Second opinion',
  reviewNote: 'Two clinicians write a review each, and neither sees the other’s until both are in.',
  reviewWaiting: 'Two reviews are asked for and not both in.',
  askReview: 'Ask for two reviews',
  giveReview: 'Store my review',
  reasonsTitle: 'Why this case is open',
  noSignals: 'No exposure rule has raised a signal in this case.',
  history: 'What was decided',
  eventsTitle: 'Single exposures',
  exposureNone: 'No counted exposure of this person is held.',
  exposureGone: 'Not assessable: nobody of this pseudonym is in the data any longer.',
  scoresTitle: 'Scores, with reliable change',
  absenceTitle: 'Absence',
  contactsTitle: 'Contacts with services',
  contactsNone: 'No contact with a support service is recorded.',
  back: 'Back to the worklist',
} as const;

export const rowWords: Readonly<Record<SafetyAnswer['row'], string>> = {
  kept: 'Row was taken in',
  rejected: 'Row was rejected',
  held: 'File is held back',
  undone: 'Batch was undone',
};

export function sinceGiven({ days, givenOn }: SafetyAnswer): string {
  if (days === null) return 'Day not known';
  if (days < 0) return `Dated ${formatDate(givenOn)}`;
  return days === 0 ? 'Today' : plural(days, 'day');
}

const memberWords: Readonly<Record<string, string>> = {
  officer: 'An officer, in a family survey',
  partner: 'A partner, in a family survey',
  parent: 'A parent, in a family survey',
  adult_child: 'An adult child, in a family survey',
};

export function whoAnswered({ person, member, source }: SafetyAnswer): string {
  if (source === 'peer support') return 'Safeguarding raised in peer support';
  if (person !== null) return person;
  if (member !== null) return memberWords[member] ?? 'Somebody of a household';
  return 'Not tied to a person yet';
}

export function stateWords(item: WorkItem): string {
  if (item.kind === 'signal') return 'Signal';
  if (item.kind === 'referral') return 'Referral';
  if (item.state === 'closed') return 'Closed';
  if (item.decision === null) return 'Open: no decision yet';
  return shortDecision[item.decision];
}

export const shortDecision: Readonly<Record<keyof typeof decisionWords, string>> = {
  contact: 'Contact',
  monitor: 'Monitor',
  no_action: 'No action for now',
  escalate: 'Escalated',
  close: 'Closed',
};

/** Since when the rule of a signal stands; nothing for a single event. */
export function signalStands({ since, again }: CaseView['signals'][number]): string {
  if (since === null) return '';
  return again ? `said again, standing since ${formatDate(since)}; ` : `standing since ${formatDate(since)}; `;
}

import type { SchemeSummary } from '#shared/contract/schemes.ts';
import type { SchemeAdoption } from '#shared/contract/worklist-scheme.ts';
import { formatCount, formatDate, formatInstant, plural } from '../../ui/format.ts';

export const text = {
  title: 'Schemes',
  lead: 'How exposures are weighed, and which counts raise a signal. Plain counts are the default: weighting by severity has not been shown to add precision. Any other scheme is a view beside them, and two people approve it.',
  list: 'Weighting schemes',
  listNote: 'Choose one to read it. A scheme that was approved never changes; a new one is drafted from a copy.',
  scheme: 'Scheme',
  state: 'State',
  inForce: 'In force from',
  saved: 'Last saved',
  by: 'By',
  tiers: 'Tiers',
  rules: 'Rules',
  builtIn: 'built in',
  plainCounts: 'plain counts',
  tooFew: (people: number) =>
    `A scheme is read by two people who did not write it. This vault has ${plural(people, 'user')} who could be author or reader, and three are needed: ask an administrator to add them.`,
  readFile: 'Read from a file…',
  writeFile: 'Save as a file…',
  written: 'Saved as a file.',
  copy: 'Draft a new one from it',
  edit: 'Change the draft',
  submit: 'Put before two others',
  agree: 'Agree',
  decline: 'Decline',
  withdraw: 'Take back',
  retire: 'Put away',
  cancel: 'Cancel',
  reason: 'Why?',
  reasonNote: 'Kept with the scheme for whoever asks later.',
  says: 'What it says',
  happened: 'What happened to it',
  nothingHappened: 'It came with Tidemark, and nothing has happened to it.',
  allOne: 'Every exposure counts one, whatever it was.',
  otherwise: 'A category in no tier weighs 1.',
  noRules: 'No rule: it raises no signal.',
  rulesNote: 'A rule that holds is a reason to offer support, never a verdict.',
  editTitle: (isNew: boolean, id: string) => (isNew ? 'A new draft' : `Draft of ${id}`),
  editNote: 'Nothing counts differently until two others have approved it. Results go on naming the scheme they used.',
  name: 'Name',
  nameNote: 'Small letters, digits and hyphens, such as force-2026.',
  nameTaken: 'There is a scheme of that name already.',
  nameWrong: 'Small letters, digits and hyphens, beginning with a letter or digit.',
  from: 'In force from',
  fromNote: 'Empty for the day on which the second person agrees; never before it.',
  noDate: 'Type a date such as 31 Mar 2026, or leave it empty.',
  basis: 'Evidence it rests on',
  basisNote: 'One source a line.',
  tierName: 'Tier',
  weight: 'Weight',
  categories: 'Categories',
  addTier: 'Add a tier',
  remove: 'Remove',
  tiersNote:
    'A is the heaviest: weights do not rise from one tier to the next, and each category is in one tier at most.',
  modifiers: 'Modifiers',
  modifiersNote: 'Each multiplies the weight of its exposure. Empty for 1.',
  time: 'Time',
  halfLife: 'Half-life in days',
  halfLifeNote: 'After so many days an exposure counts half in the decayed load.',
  cap: 'Cap of a day',
  capNote: 'The most that one person’s day may weigh. Empty for none.',
  cooldown: 'Cool-down in days',
  cooldownNote: 'A rule over a window is not raised again within it; nothing is lost.',
  triggers: 'Rules that raise a signal',
  addRule: 'Add a rule',
  ruleKind: 'What it looks at',
  least: 'At least',
  percent: 'Per cent',
  window: 'Days',
  tier: 'Tier',
  category: 'Category',
  problems: (count: number) => `${plural(count, 'thing')} to put right`,
  sound: 'The draft can be saved.',
  save: 'Save the draft',
  discard: 'Discard the changes',
  compare: 'Compare two schemes',
  compareNote: 'Drafts too: what would move is seen before anybody agrees.',
  compareFirst: 'First',
  compareSecond: 'Beside it',
  compareAsOf: 'As of',
  compareRun: 'Compare',
  comparing: 'Comparing the schemes',
  noData: 'Import people and exposures first: a comparison needs somebody to compare.',
  same: 'Choose two different schemes.',
  bandsTitle: 'Who would be in which third',
  bandsNote: 'People in post, by third of the decayed load. Equal loads share a third.',
  rolesTitle: 'By role',
  rulesTitle: 'Whom the rules reach',
  movedTitle: (people: number) => `${plural(people, 'person', 'people')} who would be in another third`,
  movedNote: 'Pseudonyms only. A third is a place in a list, not a measure of anybody.',
  under5: 'under 5',
  onWorklist: 'worklist',
  worklist: 'The scheme of the worklist',
  worklistNote:
    'Clinicians’ signals are raised by one approved scheme. A clinician who did not write it adopts it, having seen what would change; another one can be adopted at any time.',
  worklistBy: (name: string, last: SchemeAdoption | null) =>
    last === null
      ? `The worklist goes by ${name}, as every vault begins.`
      : `The worklist goes by ${name}. ${last.by} adopted it on ${formatInstant(last.at)}: ${last.reason}`,
  clinicianAdopts: 'To put another scheme into use is for clinicians.',
  chosenIsInUse: (scheme: string) => `${scheme} is in use. Choose another one above to see what it would change.`,
  chosenNotApproved: (scheme: string) =>
    `${scheme} is not approved by two people. Choose an approved one above to see what it would change.`,
  adoptions: 'What was adopted',
  when: 'When',
  why: 'Why',
  changed: 'What changed',
  gainedLost: ({ gained, lost }: Pick<SchemeAdoption, 'gained' | 'lost'>) =>
    `${formatCount(gained)} new, ${formatCount(lost)} no longer`,
  seeChanges: (scheme: string) => `See what ${scheme} would change`,
  wouldChange: (name: string, inUse: string, asOf: string) =>
    `If the worklist went by ${name} instead of ${inUse}, on the data to ${asOf}:`,
  change: 'Change',
  changes: { gained: 'New', lost: 'No longer' },
  gainedNote: 'people whom it reaches and the scheme in use does not',
  lostNote: 'people whom only the scheme in use reaches; what was raised stays',
  kept: 'Both',
  keptNote: 'people whom both reach',
  raises: 'Signals',
  raisesNote: (joins: boolean) =>
    `it would raise when the worklist is opened next; of somebody with an open case they ${joins ? 'join it as new' : 'stand by themselves'}`,
  changesTitle: 'Who is new and who no longer',
  ownScheme: 'You wrote or submitted this scheme: another clinician looks at it and adopts it.',
  bandsOfBoth: 'The two schemes side by side',
  adoptWhy: 'Why is it adopted?',
  adopt: (name: string) => `Adopt ${name}`,
} as const;

export const stateWords: Readonly<Record<SchemeSummary['state'], string>> = {
  draft: 'Draft',
  submitted: 'Before two people',
  approved: 'Approved',
  retired: 'Put away',
};

export const eventWords = {
  submitted: 'Put before two others',
  agreed: 'Agreed',
  declined: 'Declined',
  withdrawn: 'Taken back',
  approved: 'Approved',
  retired: 'Put away',
} as const;

export const proximityWords: Readonly<Record<string, string>> = {
  direct: 'Direct',
  secondary: 'Secondary',
  remote: 'Remote',
};
export const attributionWords: Readonly<Record<string, string>> = {
  named: 'Named in the record',
  crew_inferred: 'Inferred from the crew',
  oic_only: 'Officer in the case only',
};

/** Where a scheme stands, in a sentence. */
export function standing({ state, agreedBy, effectiveFrom, builtIn, scheme }: SchemeSummary): string {
  switch (state) {
    case 'approved':
      return scheme === 'count-v1' && builtIn
        ? 'The default. It came with Tidemark and stays as it is.'
        : `Approved by ${agreedBy.join(' and ')}, in force from ${formatDate(effectiveFrom)}. It stays as it is.`;
    case 'submitted':
      return agreedBy.length === 0
        ? 'Waits for two people to read it and agree.'
        : `${agreedBy.join(' and ')} agreed; one more is needed.`;
    case 'retired':
      return 'Put away. Results that name it can still be worked out again.';
    case 'draft':
      return builtIn
        ? 'A draft that came with Tidemark. Analyses take it as a sensitivity view, and say so.'
        : 'A draft. It can be compared, and no analysis is made with it.';
  }
}

/** Small numbers of people are not told on screens that others may see over a shoulder. */
export function fewOr(count: number): string {
  return count > 0 && count < 5 ? text.under5 : formatCount(count);
}

/** Where a case came from. Kept sealed: beside a pseudonym, “safety” alone would tell what somebody answered. */
export const caseOrigins = ['signal', 'safety', 'self', 'manager', 'extract', 'clinician'] as const;
export type CaseOrigin = (typeof caseOrigins)[number];

/** What a clinician can decide; only `close` ends a case. */
export const caseDecisions = ['contact', 'monitor', 'no_action', 'escalate', 'close'] as const;
export type CaseDecision = (typeof caseDecisions)[number];

/** What happens to a case, in the order in which it can. */
export const caseEventKinds = ['opened', 'referral', 'decision', 'reopened', 'review_asked', 'review'] as const;
export type CaseEventKind = (typeof caseEventKinds)[number];

export const originWords: Readonly<Record<CaseOrigin, string>> = {
  signal: 'Signal from exposure',
  safety: 'Answer to a self-harm question',
  self: 'Self-referral',
  manager: 'Manager referral',
  extract: 'Referral in an extract',
  clinician: 'Opened by a clinician',
};

export const decisionWords: Readonly<Record<CaseDecision, string>> = {
  contact: 'Contact the person and offer support',
  monitor: 'Monitor, and look again on a day',
  no_action: 'No action for now',
  escalate: 'Escalate',
  close: 'Close the case',
};

/** Hours after which a safety answer that nobody has acknowledged is a deputy's, unless the vault says otherwise. */
export const deputyAfterHours = 24;

/** Said wherever safety answers are shown. */
export const notACrisisService =
  'Tidemark is not a crisis service. Answers reach this list only when somebody imports them and a clinician looks. If a person may be in danger now, call 999, or follow your force’s crisis procedure.';

export const offerNotVerdict = 'A signal is a reason to offer support, never a verdict about a person.';

export const caseEventWords: Readonly<Record<CaseEventKind, string>> = {
  opened: 'Case opened',
  referral: 'Referral added',
  decision: 'Decision',
  reopened: 'Opened again',
  review_asked: 'Two reviews asked for',
  review: 'Review',
};

import { z } from 'zod';
import { caseDecisions, caseEventKinds, caseOrigins } from '../domain/cases.ts';
import { timelineSchema } from './analyses.ts';
import { caseSignalSchema } from './case-signals.ts';
import { operation } from './define.ts';

const clinicians = ['clinician'] as const;
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-03-31');
const written = z.string().trim().min(3, 'needs a few words').max(4_000);
const person = z.string().trim().min(1).max(64);
const caseId = z.number().int().positive();

/** Where a sealed safety answer stands: the batch, or the negative number of a watched file that was held back. */
const safetyKeySchema = z.strictObject({
  batch: z.number().int(),
  row: z.number().int(),
  part: z.number().int(),
});

const safetyAnswerSchema = z.strictObject({
  /** All places in which the same answer arrived. */
  keys: z.array(safetyKeySchema),
  answer: z.enum(['raised', 'not seen']),
  /** Pseudonym; null where the row was rejected, held back or undone, or somebody of a family answered. */
  person: z.string().nullable(),
  /** What it came from; in peer support it is that safeguarding was raised. */
  source: z.enum(['screening', 'family survey', 'peer support']),
  /** Who of a household answered, as the file names them; null for a screening. */
  member: z.string().nullable(),
  givenOn: z.string().nullable(),
  /** Days since it was given; null where the day is not known. */
  days: z.number().int().nullable(),
  receivedAt: z.string(),
  /** What became of the row it stood in. */
  row: z.enum(['kept', 'rejected', 'held', 'undone']),
  overdue: z.boolean(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  note: z.string().nullable(),
  case: z.number().int().nullable(),
});
export type SafetyAnswer = z.infer<typeof safetyAnswerSchema>;

const workItemSchema = z.strictObject({
  kind: z.enum(['signal', 'referral', 'case']),
  person: z.string(),
  case: z.number().int().nullable(),
  /** The open case of the person: a signal by itself may stand beside it. */
  openCase: z.number().int().nullable(),
  /** Why it is on the list, one reason a line. */
  reasons: z.array(z.string()),
  /** The schemes and versions that raised its new signals, and models beside them. */
  raisedBy: z.array(z.string()),
  /** Since when it waits: the day of the first signal or referral, or of the last decision. */
  since: z.string(),
  state: z.enum(['waiting', 'open', 'closed']),
  decision: z.enum(caseDecisions).nullable(),
  due: z.string().nullable(),
  overdue: z.boolean(),
  /** Signals that were raised since the last decision. */
  newSignals: z.number().int(),
  reviewAsked: z.boolean(),
});
export type WorkItem = z.infer<typeof workItemSchema>;

const worklistSchema = z.strictObject({
  today: z.string(),
  /** Last day of the data that signals were looked for in; null where there are none. */
  asOf: z.string().nullable(),
  /** In use now: what it raised before another was adopted names its own. */
  scheme: z.string(),
  schemeVersion: z.number().int(),
  /** Signals that came with this look. */
  raised: z.number().int(),
  deputyAfterHours: z.number(),
  safety: z.strictObject({
    /** Raised and not acknowledged, the longest waiting first. */
    open: z.array(safetyAnswerSchema),
    acknowledged: z.array(safetyAnswerSchema),
    /** Totals only, or the item left blank: never “no risk”. The newest only where there are many. */
    notSeen: z.array(safetyAnswerSchema),
    notSeenTotal: z.number().int(),
    /** Boxes that this clinician's key does not open. */
    unreadable: z.number().int(),
  }),
  items: z.array(workItemSchema),
});
export type Worklist = z.infer<typeof worklistSchema>;

const caseEventSchema = z.strictObject({
  id: z.number().int(),
  at: z.string(),
  user: z.string(),
  kind: z.enum(caseEventKinds),
  decision: z.enum(caseDecisions).nullable(),
  origin: z.enum(caseOrigins).nullable(),
  overrides: z.boolean(),
  due: z.string().nullable(),
  reason: z.string().nullable(),
  overrideReason: z.string().nullable(),
  /** A review that the other reviewer may not see before their own is in. */
  hidden: z.boolean(),
});
export type CaseEvent = z.infer<typeof caseEventSchema>;

const scoreLineSchema = z.strictObject({
  day: z.string(),
  instrument: z.string(),
  scale: z.string(),
  /** `14 of 0 to 27, where higher is worse`, or why there is none. */
  score: z.string(),
  band: z.string(),
  caseness: z.string(),
  /** Against the first and against the previous score. */
  sinceFirst: z.string(),
  sincePrevious: z.string(),
  assessable: z.boolean(),
});

const caseViewSchema = z.strictObject({
  case: z.number().int(),
  person: z.string(),
  state: z.enum(['open', 'closed']),
  openedAt: z.string(),
  openedBy: z.string(),
  origin: z.enum(caseOrigins),
  decision: z.enum(caseDecisions).nullable(),
  due: z.string().nullable(),
  overdue: z.boolean(),
  /** Number of the last event, to be given back with a decision. */
  seen: z.number().int(),
  /** A signal since the last decision suggests an offer of support. */
  suggestsOffer: z.boolean(),
  reviewAsked: z.boolean(),
  /** Whether the person who looks can still write a review. */
  mayReview: z.boolean(),
  signals: z.array(caseSignalSchema),
  safety: z.array(safetyAnswerSchema),
  /** Null where nobody of that pseudonym is in the data any longer. */
  timeline: timelineSchema.nullable(),
  scores: z.array(scoreLineSchema),
  scoresNote: z.string(),
  absences: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string().nullable(),
      reason: z.string().nullable(),
      fteDays: z.number().nullable(),
      injuryOnDuty: z.boolean().nullable(),
    }),
  ),
  absenceWords: z.string(),
  contacts: z.array(z.strictObject({ day: z.string(), service: z.string(), step: z.string() })),
  events: z.array(caseEventSchema),
  otherCases: z.array(z.number().int()),
  /** Summaries that were made of it, oldest first; the reason null where this clinician’s key does not open it. */
  summaries: z.array(
    z.strictObject({ at: z.string(), user: z.string(), reason: z.string().nullable(), identity: z.boolean() }),
  ),
});
export type CaseView = z.infer<typeof caseViewSchema>;

const identitySchema = z.strictObject({
  /** As the extract named them: reference, name, collar. */
  fields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  /** Seconds after which a screen must hide it. */
  showSeconds: z.number().int(),
});

export const caseOperations = {
  'cases.worklist': operation({
    kind: 'job',
    roles: clinicians,
    audit: 'case.worklist',
    summary: 'Safety answers first, then signals, referrals and reviews. Raises the signals that are due.',
    input: z.strictObject({}),
    output: worklistSchema,
  }),
  'cases.waiting': operation({
    kind: 'query',
    roles: clinicians,
    audit: null,
    summary: 'How much waits for a clinician: numbers only. Raises no signal.',
    input: z.strictObject({}),
    output: z.strictObject({
      safety: z.number().int(),
      safetyOverdue: z.number().int(),
      signals: z.number().int(),
      reviewsDue: z.number().int(),
      openCases: z.number().int(),
    }),
  }),
  'cases.acknowledge': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.acknowledge',
    summary: 'Says that a clinician has seen safety answers. Which ones, and the note, are kept sealed.',
    input: z.strictObject({
      keys: z.array(safetyKeySchema).min(1).max(1_000),
      note: z.string().trim().max(4_000).optional(),
    }),
    output: z.strictObject({ acknowledged: z.number().int() }),
  }),
  'cases.setDeputy': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.setDeputy',
    summary: 'After how many hours an unacknowledged safety answer is a deputy’s.',
    input: z.strictObject({ hours: z.number().min(1).max(168) }),
    output: z.strictObject({ hours: z.number() }),
  }),
  'cases.open': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.open',
    summary:
      'Opens a case for a person, or adds a referral to the one that is open. Exactly one of pseudonym, reference and safety answer says who; a reference is looked up in the sealed identities.',
    input: z.strictObject({
      person: person.optional(),
      reference: z.string().trim().min(1).max(200).optional(),
      safety: safetyKeySchema.optional(),
      origin: z.enum(caseOrigins),
      /** Day on which a referral was received. */
      receivedOn: day.optional(),
      reason: written.optional(),
    }),
    output: z.strictObject({ case: z.number().int(), already: z.boolean() }),
  }),
  'cases.view': operation({
    kind: 'query',
    roles: clinicians,
    audit: 'case.read',
    summary:
      'One case: reasons in words, exposure over time, scores with reliable change, absence, contacts, decisions.',
    input: z.strictObject({ case: caseId }),
    output: caseViewSchema,
  }),
  'cases.decide': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.decide',
    summary: 'Adds a decision with its reason. Nothing decided before is changed.',
    input: z.strictObject({
      case: caseId,
      seen: z.number().int(),
      decision: z.enum(caseDecisions),
      reason: written,
      overrides: z.boolean(),
      overrideReason: written.optional(),
      due: day.optional(),
    }),
    output: z.strictObject({ event: z.number().int() }),
  }),
  'cases.reopen': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.reopen',
    summary: 'Opens a closed case again.',
    input: z.strictObject({ case: caseId, reason: written, due: day.optional() }),
    output: z.strictObject({ event: z.number().int() }),
  }),
  'cases.askReview': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.askReview',
    summary: 'Asks for two reviews of a case, by two clinicians who do not see each other’s until both are in.',
    input: z.strictObject({ case: caseId, reason: written }),
    output: z.strictObject({ event: z.number().int() }),
  }),
  'cases.review': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.review',
    summary: 'Adds one of the two reviews.',
    input: z.strictObject({ case: caseId, decision: z.enum(caseDecisions), reason: written }),
    output: z.strictObject({ event: z.number().int() }),
  }),
  'cases.reveal': operation({
    kind: 'command',
    roles: clinicians,
    audit: 'case.reveal',
    summary: 'Opens the sealed identity of a case, or of whoever gave a safety answer, for a written reason.',
    input: z.strictObject({ case: caseId.optional(), safety: safetyKeySchema.optional(), reason: written }),
    output: identitySchema,
  }),
  'cases.export': operation({
    kind: 'job',
    roles: clinicians,
    audit: 'case.export',
    summary:
      'Writes a case summary as a PDF for restricted use; the identity only where the same clinician revealed it within the hour.',
    input: z.strictObject({ case: caseId, file: z.string().min(1).max(4_096), identity: z.boolean() }),
    output: z.strictObject({ file: z.string(), sha256: z.string(), bytes: z.number().int() }),
  }),
};

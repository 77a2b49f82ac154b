import { z } from 'zod';
import { dayOfIso } from '../domain/dates.ts';
import { schemeSchema } from '../domain/scheme.ts';
import { analysisResultSchema } from './analyses.ts';
import { operation } from './define.ts';

const count = z.number().int();
const path = z.string().min(1).max(4_096);
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens, such as force-2026');
const reason = z.string().trim().min(3, 'say in a few words why').max(500);
const day = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');
const readers = ['analyst', 'clinician', 'evaluator'] as const;

const schemeStates = ['draft', 'submitted', 'approved', 'retired'] as const;

const versionSchema = z.strictObject({
  version: count,
  hash: z.string(),
  savedAt: z.string(),
  savedBy: z.string(),
  reason: z.string(),
  /** The scheme that it was first copied from. */
  copiedFrom: z.string().nullable(),
});
const eventSchema = z.strictObject({
  version: count,
  kind: z.enum(['submitted', 'agreed', 'declined', 'withdrawn', 'approved', 'retired']),
  at: z.string(),
  user: z.string(),
  reason: z.string(),
});
const summarySchema = z.strictObject({
  scheme: z.string(),
  state: z.enum(schemeStates),
  builtIn: z.boolean(),
  /** Newest version; 0 for a built-in one that nothing has happened to. */
  version: count,
  /** SHA-256 of the document as canonical JSON, without its state and who approved it. */
  hash: z.string(),
  effectiveFrom: z.string().nullable(),
  savedAt: z.string().nullable(),
  savedBy: z.string().nullable(),
  tiers: count,
  triggers: count,
  /** Who has agreed since it was submitted; two are needed. */
  agreedBy: z.array(z.string()),
  /** Whether the user may agree to it: nobody does to what they wrote or submitted, nor twice. */
  mayAgree: z.boolean(),
  /** Whether the user submitted it, and may take it back. */
  mayWithdraw: z.boolean(),
  /** Whether the signals of the clinicians' list are raised by it. */
  onWorklist: z.boolean(),
});
export type SchemeSummary = z.infer<typeof summarySchema>;

const viewSchema = z.strictObject({
  ...summarySchema.shape,
  document: schemeSchema,
  versions: z.array(versionSchema),
  events: z.array(eventSchema),
});
export type SchemeView = z.infer<typeof viewSchema>;

export const schemeOperations = {
  'schemes.list': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The weighting schemes: the built-in ones and those of this vault, with their state.',
    input: z.strictObject({}),
    output: z.strictObject({
      schemes: z.array(summarySchema),
      /** Users whose role may agree to a scheme: an author and two others are needed. */
      possibleApprovers: count,
    }),
  }),
  'schemes.get': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'One scheme as a document, or an earlier version of it, with who did what to it, when and why.',
    input: z.strictObject({ scheme: name, version: z.number().int().positive().optional() }),
    output: viewSchema,
  }),
  'schemes.draft': operation({
    kind: 'command',
    roles: ['analyst', 'clinician'],
    audit: 'scheme.draft',
    summary: 'Saves a draft: a new scheme, or the next version of one that nobody has approved.',
    input: z.strictObject({ document: schemeSchema, copiedFrom: name.optional(), reason }),
    output: viewSchema,
  }),
  'schemes.submit': operation({
    kind: 'command',
    roles: ['analyst', 'clinician'],
    audit: 'scheme.submit',
    summary: 'Puts a draft before two other people.',
    input: z.strictObject({ scheme: name, reason }),
    output: viewSchema,
  }),
  'schemes.approve': operation({
    kind: 'command',
    roles: readers,
    audit: 'scheme.approve',
    summary: 'Agrees to a submitted scheme or declines it. Two agree, neither of whom wrote or submitted it.',
    input: z.strictObject({
      scheme: name,
      /** Of the document that was read: it is refused where another version has come since. */
      hash: z.string().max(64),
      agree: z.boolean(),
      reason,
    }),
    output: viewSchema,
  }),
  'schemes.withdraw': operation({
    kind: 'command',
    roles: ['analyst', 'clinician'],
    audit: 'scheme.withdraw',
    summary: 'Takes a submitted scheme back, so that it can be changed.',
    input: z.strictObject({ scheme: name, reason }),
    output: viewSchema,
  }),
  'schemes.retire': operation({
    kind: 'command',
    roles: readers,
    audit: 'scheme.retire',
    summary: 'Puts a scheme away. Results that name it can still be worked out again.',
    input: z.strictObject({ scheme: name, reason }),
    output: viewSchema,
  }),
  'schemes.compare': operation({
    kind: 'job',
    roles: readers,
    audit: 'scheme.compare',
    summary: 'Two schemes, drafts among them, side by side on the data: how ranks agree and who would change band.',
    input: z.strictObject({
      first: name,
      second: name,
      asOf: day,
      /** One line a person, by pseudonym; for analysts and clinicians. */
      rows: z.boolean().optional(),
    }),
    output: analysisResultSchema,
  }),
  'schemes.export': operation({
    kind: 'command',
    roles: readers,
    audit: 'scheme.export',
    summary: 'Writes a scheme as a file that can be read in again.',
    input: z.strictObject({ scheme: name, version: z.number().int().positive().optional(), file: path }),
    output: z.strictObject({ file: z.string() }),
  }),
  'schemes.read': operation({
    kind: 'query',
    roles: ['analyst', 'clinician'],
    audit: null,
    summary: 'Reads a scheme from a file and says what is wrong with it; nothing is saved.',
    input: z.strictObject({ file: path }),
    output: z.strictObject({ document: schemeSchema, problems: z.array(z.string()) }),
  }),
};

import { z } from 'zod';
import { dayOfIso } from '../domain/dates.ts';
import { exposureCategories, notTraumatic } from '../domain/exposure-categories.ts';
import { operation } from './define.ts';

const day = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');

/** What a rule may say of a code: an exposure category, or that it is no traumatic exposure. */
export const ruleCategories: readonly string[] = [...exposureCategories.map(({ code }) => code), notTraumatic];

export const codeRuleSchema = z
  .strictObject({
    /** Compared without regard to case and surrounding space; a `*` at its end stands for every code that begins so. */
    code: z
      .string()
      .max(120)
      .refine((code) => code.trim() !== '', 'must not be empty')
      .refine(
        (code) => code.trim() !== '*',
        'must not stand for every code: those nobody has looked at would be hidden',
      ),
    category: z
      .string()
      .refine((category) => ruleCategories.includes(category), 'must be an exposure category or NOT_TRAUMATIC'),
    /** First and last local day of the incidents it is for; open without them. */
    from: day.optional(),
    to: day.optional(),
    /** Where the code must stand; anywhere without it. */
    match: z.enum(['closed', 'opened', 'any']).optional(),
    note: z.string().max(500).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not lie before "from"',
  });
export type CodeRule = z.infer<typeof codeRuleSchema>;

const mostRules = 20_000;

/** The rules by which codes of incidents become exposure categories: a document, versioned and never edited. */
export const codeRulesSchema = z.strictObject({
  name: z.string().max(200).optional(),
  rules: z.array(codeRuleSchema).max(mostRules),
});
export type CodeRules = z.infer<typeof codeRulesSchema>;

const count = z.number().int();

const versionSchema = z.strictObject({
  version: count,
  hash: z.string(),
  savedAt: z.string(),
  savedBy: z.string(),
  reason: z.string(),
  rules: count,
});
export type CodeRulesVersion = z.infer<typeof versionSchema>;

/** What a rule set makes of the incidents and attendances that are held. */
export const codeCoverageSchema = z.strictObject({
  incidents: z.strictObject({ all: count, traumatic: count, notTraumatic: count, unmapped: count }),
  attendances: z.strictObject({
    all: count,
    traumatic: count,
    notTraumatic: count,
    unmapped: count,
    /** Of incidents that are not in the vault. */
    notImported: count,
  }),
  /** Exposures that come out: one a person, incident and category. */
  exposures: count,
  /** Exposures that were imported directly too, and count once. */
  alreadyDirect: count,
  /** Attendances whose incident matched a rule, of all: 0 to 1; null where there are none. */
  coverage: z.number().nullable(),
});
export type CodeCoverage = z.infer<typeof codeCoverageSchema>;

export const unmappedCodeSchema = z.strictObject({
  code: z.string(),
  /** Incidents that it stands in where it counts, and for which no rule for it is in force. */
  incidents: count,
  asOpening: count,
  asClosing: count,
  /** Attendances of those incidents. */
  attendances: count,
  /** Those of them whose incident has no other code with a rule either. */
  uncovered: count,
  firstDay: z.string(),
  lastDay: z.string(),
  /** What its words suggest; null where they suggest nothing. */
  proposal: z.strictObject({ category: z.string(), reason: z.string() }).nullable(),
  /** Codes that stand in the same incidents most often. */
  together: z.array(z.string()),
});
export type UnmappedCode = z.infer<typeof unmappedCodeSchema>;

const readers = ['analyst', 'clinician', 'evaluator'] as const;
const path = z.string().min(1).max(4_096);
const reason = z.string().trim().min(3, 'say in a few words why').max(500);

export const codeOperations = {
  'codes.rules': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary:
      'The rules by which incident codes become exposure categories: those in force or an earlier version, and all versions.',
    input: z.strictObject({ version: z.number().int().positive().optional() }),
    output: z.strictObject({
      /** Null before any were saved. */
      shown: z.strictObject({ ...versionSchema.shape, document: codeRulesSchema }).nullable(),
      /** The newest first; it is the one in force. */
      versions: z.array(versionSchema),
    }),
  }),
  'codes.unmapped': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary:
      'Codes without a rule, with what they concern and what their words suggest; and the coverage of the rules in force.',
    input: z.strictObject({}),
    output: z.strictObject({
      version: count.nullable(),
      coverage: codeCoverageSchema,
      /** Incidents that came without any code. */
      withoutCode: z.strictObject({ incidents: count, attendances: count }),
      /** Most attendances first; the first 5,000. */
      codes: z.array(unmappedCodeSchema),
      all: count,
    }),
  }),
  'codes.preview': operation({
    kind: 'job',
    roles: ['analyst'],
    audit: null,
    summary: 'What would change if these rules were in force; nothing is saved.',
    input: z.strictObject({ document: codeRulesSchema }),
    output: z.strictObject({
      before: codeCoverageSchema,
      after: codeCoverageSchema,
      rules: z.strictObject({ added: count, removed: count, kept: count }),
      /** Exposures by category before and after, where they differ; by category code. */
      categories: z.array(z.strictObject({ category: z.string(), before: count, after: count })),
      unmappedCodes: z.strictObject({ before: count, after: count }),
    }),
  }),
  'codes.save': operation({
    kind: 'command',
    roles: ['analyst'],
    audit: 'codes.save',
    summary: 'Puts a new version of the rules in force. Earlier versions stay as they were.',
    input: z.strictObject({ document: codeRulesSchema, reason }),
    output: versionSchema,
  }),
  'codes.export': operation({
    kind: 'command',
    roles: readers,
    audit: 'codes.export',
    summary: 'Writes a version of the rules as a file that can be read in again.',
    input: z.strictObject({ file: path, version: z.number().int().positive().optional() }),
    output: z.strictObject({ file: z.string(), rules: count }),
  }),
  'codes.read': operation({
    kind: 'query',
    roles: ['analyst'],
    audit: null,
    summary: 'Reads rules from a file and checks them; nothing is saved.',
    input: z.strictObject({ file: path }),
    output: z.strictObject({ document: codeRulesSchema }),
  }),
};

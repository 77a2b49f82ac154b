import { z } from 'zod';
import { operation } from './define.ts';

export const provenanceSchema = z.strictObject({
  /** Batches the result was made from. */
  batches: z.array(
    z.strictObject({ batch: z.number().int(), kind: z.string(), fileHash: z.string(), accepted: z.number().int() }),
  ),
  /** SHA-256 over the batches and what they hold: equal snapshots give equal results. */
  snapshot: z.string(),
  scheme: z.string().nullable(),
  /** SHA-256 of what the scheme says, which its approval does not change; null where there is none, or more than one. */
  schemeHash: z.string().nullable(),
  /** Share of exposure rows and attendances whose code has a rule, 0 to 1; null where there are none. */
  coverage: z.number().nullable(),
  /** The code rules by which exposures were derived from attendances; null where none were. */
  codeRules: z.strictObject({ version: z.number().int(), hash: z.string() }).nullable(),
  engine: z.string(),
});
export type Provenance = z.infer<typeof provenanceSchema>;

export const analysisResultSchema = z.strictObject({
  method: z.string(),
  version: z.string(),
  /** Empty where no data are read. */
  asOf: z.string(),
  /** The spec with every default filled in. */
  spec: z.record(z.string(), z.unknown()),
  result: z.record(z.string(), z.unknown()),
  /** Plain-language findings with their limits. */
  reading: z.array(z.string()),
  warnings: z.array(z.string()),
  provenance: provenanceSchema,
  /** A script for R that gives the same numbers. */
  r: z.string(),
});
export type AnalysisResult = z.infer<typeof analysisResultSchema>;

export const timelineSchema = z.strictObject({
  person: z.string(),
  unit: z.string().nullable(),
  role: z.string().nullable(),
  inPost: z.boolean(),
  serviceStart: z.string().nullable(),
  serviceEnd: z.string().nullable(),
  events: z.array(
    z.strictObject({
      day: z.string(),
      category: z.string(),
      counted: z.boolean(),
      proximity: z.string().nullable(),
      minutes: z.number().nullable(),
      batch: z.number().int(),
    }),
  ),
  scores: z.array(
    z.strictObject({
      day: z.string(),
      instrument: z.string(),
      scale: z.string(),
      score: z.number(),
      band: z.string().nullable(),
      batch: z.number().int(),
    }),
  ),
});
export type Timeline = z.infer<typeof timelineSchema>;

export const analysisOperations = {
  'analyses.run': operation({
    kind: 'job',
    roles: ['analyst', 'clinician', 'evaluator'],
    audit: 'analysis.run',
    summary: 'Runs a domain analysis. The same snapshot and spec give the same bytes.',
    input: z.strictObject({ method: z.string().min(1).max(100), spec: z.record(z.string(), z.unknown()) }),
    output: analysisResultSchema,
  }),
  'exposure.timeline': operation({
    kind: 'query',
    roles: ['analyst', 'clinician'],
    audit: null,
    summary: 'One pseudonym’s exposures and scores over time.',
    input: z.strictObject({ person: z.string().min(1).max(64) }),
    output: timelineSchema,
  }),
};

export const overviewOperations = {
  'overview.get': operation({
    kind: 'query',
    roles: ['analyst', 'clinician', 'evaluator'],
    audit: null,
    summary: 'What the vault holds and how fresh it is.',
    input: z.strictObject({}),
    output: z.strictObject({
      people: z.number().int(),
      inPost: z.number().int(),
      /** Rows that were imported, and exposures derived from attendances. */
      exposures: z.number().int(),
      screenings: z.number().int(),
      /** Share of exposure rows and attendances whose code has a rule, 0 to 1; null where there are none. */
      coverage: z.number().nullable(),
      /** Last local day of any imported event, ISO. */
      latestDay: z.string().nullable(),
      firstDay: z.string().nullable(),
      unknownPeople: z.number().int(),
      /** Of them those whose pseudonym is another reference of somebody, and the batches to undo and load again. */
      underAliases: z.strictObject({ people: z.number().int(), batches: z.array(z.number().int()) }).nullable(),
      freshness: z.array(
        z.strictObject({
          kind: z.string(),
          label: z.string(),
          rows: z.number().int(),
          lastImport: z.string().nullable(),
          to: z.string().nullable(),
        }),
      ),
      months: z.array(z.strictObject({ month: z.string(), events: z.number().int() })),
      attendances: z.number().int(),
      attendancesNotImported: z.number().int(),
      /** With the exposure rows and attendances that are not counted for want of a rule; most first. */
      unmappedCodes: z.array(z.strictObject({ code: z.string(), rows: z.number().int() })),
      recentBatches: z.number().int(),
    }),
  }),
};

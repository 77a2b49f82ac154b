import { z } from 'zod';
import { analysisResultSchema } from './analyses.ts';
import { operation } from './define.ts';

const count = z.number().int();
const scheme = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens, such as force-2026');
const reason = z.string().trim().min(3, 'say in a few words why').max(500);
const readers = ['analyst', 'clinician', 'evaluator'] as const;
const clinicians = ['clinician'] as const;

const namedSchema = z.strictObject({
  scheme: z.string(),
  /** 0 for one that came with Tidemark. */
  version: count,
});

const adoptionSchema = z.strictObject({
  ...namedSchema.shape,
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  /** Newest day of the data when it was adopted. */
  asOf: z.string(),
  /** People whom it reached and the one before did not, and the other way round. */
  gained: count,
  lost: count,
});
export type SchemeAdoption = z.infer<typeof adoptionSchema>;

const previewSchema = z.strictObject({
  ...namedSchema.shape,
  /** In use now. */
  inUse: namedSchema,
  /** Newest day of the data. */
  asOf: z.string(),
  /** People in whom a rule stands, or whom a single event reached within the cool-down. */
  people: z.strictObject({ gained: count, lost: count, kept: count }),
  /** Signals that the list would raise when it is opened next. */
  signals: count,
  /** Whether those of somebody with an open case would join it. */
  joinsOpenCase: z.boolean(),
  /** Whoever is gained or lost, with the reasons of the scheme that reaches them. */
  changes: z.array(
    z.strictObject({ person: z.string(), change: z.enum(['gained', 'lost']), reasons: z.array(z.string()) }),
  ),
  /** The scheme in use beside it: how ranks agree and who would change band. */
  comparison: analysisResultSchema,
  /** Whether whoever asks may adopt it: nobody does what they wrote or submitted. */
  mayAdopt: z.boolean(),
  /** Hash over what was shown; adopting gives it back. */
  seen: z.string(),
});
export type AdoptionPreview = z.infer<typeof previewSchema>;

export const worklistSchemeOperations = {
  'worklistScheme.get': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'Which scheme raises the signals of the clinicians’ list, and which did before.',
    input: z.strictObject({}),
    output: z.strictObject({
      ...namedSchema.shape,
      /** The newest first; plain counts are in use before the first. */
      adoptions: z.array(adoptionSchema),
    }),
  }),
  'worklistScheme.preview': operation({
    kind: 'job',
    roles: clinicians,
    audit: 'worklistScheme.preview',
    summary: 'What would change on the clinicians’ list if an approved scheme were adopted for it. Raises nothing.',
    input: z.strictObject({ scheme }),
    output: previewSchema,
  }),
  'worklistScheme.adopt': operation({
    kind: 'job',
    roles: clinicians,
    audit: 'worklistScheme.adopt',
    summary: 'Adopts an approved scheme for the clinicians’ list, as its preview was seen; what was raised stays.',
    input: z.strictObject({
      scheme,
      /** Of the preview: it is refused where the data or the scheme in use are others by now. */
      seen: z.string().max(64),
      reason,
    }),
    output: adoptionSchema,
  }),
};

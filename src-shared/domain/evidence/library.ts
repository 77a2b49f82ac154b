import { z } from 'zod';
import { reviewOutcomeSchema } from './outcome.ts';
import { evidenceCodeSchema, studySchema } from './study.ts';

/** Published findings that are shipped with Tidemark, as a review begins with them. */
export const evidenceLibrarySchema = z.strictObject({
  library: evidenceCodeSchema,
  title: z.string(),
  version: z.string(),
  /** How the sources were read. */
  read: z.string(),
  studies: z.array(studySchema).min(1),
  outcomes: z.array(reviewOutcomeSchema),
});
export type EvidenceLibrary = z.output<typeof evidenceLibrarySchema>;

import policeWellbeing from '#resources/evidence/police-wellbeing.json' with { type: 'json' };
import { type EvidenceLibrary, evidenceLibrarySchema } from '#shared/domain/evidence/library.ts';

/** The published findings that are shipped. */
export const evidenceLibrary: EvidenceLibrary = evidenceLibrarySchema.parse(policeWellbeing);

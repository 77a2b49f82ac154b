import { z } from 'zod';
import type { DemoResults } from './demo-analyses.ts';
import type { PlantedAndFound } from './demo-support.ts';

/** What is planted in the answers of families. */
export const familyTruthSchema = z.object({
  paths: z.object({ officerDistressPerExposure: z.number(), conflictPerOfficerDistress: z.number() }),
  serialIndirect: z.number(),
  crossover: z.object({
    officerRelationPerOfficerDistress: z.number(),
    officerRelationPerPartnerDistress: z.number(),
    partnerRelationPerPartnerDistress: z.number(),
    partnerRelationPerOfficerDistress: z.number(),
  }),
});
type FamilyTruth = z.infer<typeof familyTruthSchema>;

const foundSchema = z.object({
  id: z.string(),
  estimate: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
type Found = z.infer<typeof foundSchema>;
const diagramSchema = z.object({ arrows: z.array(foundSchema) });
const resultSchema = z.object({
  crossover: z.object({ diagram: diagramSchema.optional() }),
  mediation: z.object({ diagram: diagramSchema.optional(), indirect: z.array(foundSchema).optional() }),
});

const serialWay = 'officer-distress-officer-conflict';

/** The way from exposure to the partner, and what of each other's distress goes with how each finds the relation. */
export function familyEffects(families: DemoResults['families'], truth: FamilyTruth): readonly PlantedAndFound[] {
  if (families === null) return [];
  const { crossover, mediation } = resultSchema.parse(families);
  const way = mediation.diagram?.arrows ?? [];
  const couples = crossover.diagram?.arrows ?? [];
  const { paths } = truth;
  const between = truth.crossover;
  return [
    row(
      'Officers’ distress per exposure, GHQ-12',
      paths.officerDistressPerExposure,
      way,
      'officer-exposure-officer-distress',
    ),
    row(
      'Work–family conflict per point of officers’ distress',
      paths.conflictPerOfficerDistress,
      way,
      'officer-distress-officer-conflict',
    ),
    row(
      'Exposure to partner’s distress through both, GHQ-12',
      truth.serialIndirect,
      mediation.indirect ?? [],
      serialWay,
    ),
    row(
      'Officer’s relation on own distress, RAS',
      between.officerRelationPerOfficerDistress,
      couples,
      'officer-officer',
    ),
    row(
      'Partner’s relation on own distress, RAS',
      between.partnerRelationPerPartnerDistress,
      couples,
      'partner-partner',
    ),
    row(
      'Partner’s relation on officer’s distress, RAS',
      between.partnerRelationPerOfficerDistress,
      couples,
      'officer-partner',
    ),
    row(
      'Officer’s relation on partner’s distress, RAS',
      between.officerRelationPerPartnerDistress,
      couples,
      'partner-officer',
    ),
  ];
}

function row(effect: string, planted: number, among: readonly Found[], id: string): PlantedAndFound {
  const own = among.find((one) => one.id === id);
  const { estimate: found, low, high } = own ?? { estimate: null, low: null, high: null };
  return { effect, method: 'family-impact', planted, found, low, high, note: '' };
}

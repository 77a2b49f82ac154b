import { z } from 'zod';
import type { PilotDesign, PilotPlan } from '#shared/domain/pilot.ts';
import type { Caller } from '../engine-session.ts';
import { readJsonObject } from '../read-json.ts';
import type { DemoResults } from './demo-analyses.ts';
import type { PlantedAndFound } from './demo-support.ts';

/** Saves the plan of a file, and locks it as it was saved. */
export async function lockPlan({ call }: Caller, path: string): Promise<void> {
  const plan = readJsonObject(path, 'plan') as unknown as PilotPlan;
  const { pilot, hash } = await call('pilots.save', { plan });
  await call('pilots.lock', { pilot, hash });
}

const plantedSchema = z.object({
  pilot: z.string(),
  design: z.string(),
  outcome: z.string(),
  effectPoints: z.number(),
  figures: z.record(z.string(), z.number()),
});
type PlantedPilot = z.infer<typeof plantedSchema>;

/** What is planted in the pilots. */
export const pilotTruthSchema = z.object({ pilots: z.array(plantedSchema) });

const foundSchema = z.object({ estimate: z.number(), low: z.number(), high: z.number() });
const orRefusedSchema = z.union([foundSchema, z.object({ refused: z.string() })]);
const comparisonSchema = z.object({
  evaluation: z.union([
    z.object({ primary: foundSchema, further: z.array(z.object({ name: z.string(), found: orRefusedSchema })) }),
    z.object({ refused: z.string() }),
  ]),
  doseResponse: z.object({ found: orRefusedSchema }).nullable(),
});
const resultSchema = z.object({ comparisons: z.tuple([comparisonSchema]) });
type Comparison = z.infer<typeof comparisonSchema>;
type Found = z.infer<typeof foundSchema>;

const designWords: Readonly<Record<PilotDesign, string>> = {
  'pre-post': 'before and after',
  randomised: 'randomised',
  'cluster-randomised': 'cluster randomised',
  'stepped-wedge': 'stepped wedge',
  'difference-in-differences': 'difference in differences',
  'interrupted-time-series': 'interrupted series',
  weighting: 'chosen, by weights',
};

/** Each pilot by its main estimate, and what else is planted in it and asked by its design; none found where the evaluation was refused. */
export function pilotEffects(
  results: DemoResults['pilots'],
  { pilots }: z.infer<typeof pilotTruthSchema>,
): readonly PlantedAndFound[] {
  return pilots.flatMap((planted) => {
    const result = results.get(planted.pilot) ?? null;
    const comparison = result === null ? null : resultSchema.parse(result).comparisons[0];
    return [
      effect(planted, planted.outcome, planted.effectPoints, primaryOf(comparison)),
      ...furtherEffects(planted, comparison),
    ];
  });
}

function furtherEffects(planted: PlantedPilot, comparison: Comparison | null): readonly PlantedAndFound[] {
  const { pointsOfThoseWhoTakePart: ofTaking, pointsPerSession: perSession } = planted.figures;
  return [
    ...(ofTaking === undefined
      ? []
      : [effect(planted, 'of those who took part', ofTaking, furtherOf(comparison, 'Those who took part'))]),
    ...(perSession === undefined ? [] : [effect(planted, 'for each session', perSession, doseOf(comparison))]),
  ];
}

function effect({ pilot, design }: PlantedPilot, what: string, planted: number, found: Found | null): PlantedAndFound {
  return {
    effect: `${pilot}: ${what}`,
    method: 'pilot-evaluation',
    planted,
    ...{ found: found?.estimate ?? null, low: found?.low ?? null, high: found?.high ?? null },
    note: designWords[design as PilotDesign],
  };
}

function primaryOf(comparison: Comparison | null): Found | null {
  return comparison === null || 'refused' in comparison.evaluation ? null : comparison.evaluation.primary;
}

function furtherOf(comparison: Comparison | null, name: string): Found | null {
  if (comparison === null || 'refused' in comparison.evaluation) return null;
  return toldOf(comparison.evaluation.further.find((part) => part.name === name)?.found);
}

function doseOf(comparison: Comparison | null): Found | null {
  return toldOf(comparison?.doseResponse?.found);
}

function toldOf(part: z.infer<typeof orRefusedSchema> | undefined): Found | null {
  return part === undefined || 'refused' in part ? null : part;
}

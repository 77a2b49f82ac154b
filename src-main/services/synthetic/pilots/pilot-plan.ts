import { type PilotOutcome, type PilotPlan, pilotPlanSchema } from '#shared/domain/pilot.ts';
import type { OutcomeScale } from './outcome-scale.ts';

type Days = { readonly fromDay: number; readonly toDay: number };

export type PlanParts = Pick<PilotPlan, 'pilot' | 'title' | 'design' | 'eligibility'> & {
  readonly logicModel: Pick<PilotPlan['logicModel'], 'problem' | 'activities' | 'outcomes' | 'assumptions'>;
  readonly scale: OutcomeScale;
  readonly baseline: Days | null;
  readonly followUp: Days;
  /** What is compared with what. */
  readonly treatments: string;
  /** Points by which missing answers are taken to be worse. */
  readonly deltas: readonly number[];
} & Partial<Pick<PilotPlan, 'arms' | 'rollout' | 'allocation' | 'sampleSize' | 'sessions'>> & {
    readonly covariates?: readonly string[];
    readonly smallSample?: PilotPlan['analysis']['smallSample'];
    /** Days of further follow-ups of the same scale, and other outcomes. */
    readonly later?: readonly Days[];
    readonly secondaries?: readonly PilotOutcome[];
  };

/** A complete plan, as `pilots.save` takes it. */
export function pilotPlanOf(parts: PlanParts): PilotPlan {
  const { scale, baseline, followUp, treatments, logicModel, deltas, covariates, smallSample } = parts;
  const { pilot, title, design, eligibility, arms, rollout, allocation, sampleSize, sessions } = parts;
  const { later = [], secondaries = [] } = parts;
  const measured = {
    measure: { of: 'score', instrument: scale.instrument, scale: scale.scale, answeredIn: 'screenings' },
    ...{ better: scale.better, baseline },
  } as const;
  return pilotPlanSchema.parse({
    ...{ pilot, title, design, eligibility, arms, rollout, allocation, sessions },
    logicModel: {
      ...logicModel,
      inputs: 'People who lead it, time within shifts, and a line of the wellbeing budget.',
      outputs: 'What was delivered, to whom, as the extracts of the pilot say.',
    },
    primary: { ...measured, followUp },
    secondaries: [...later.map((days) => ({ ...measured, followUp: days })), ...secondaries],
    estimand: {
      population: eligibility,
      treatments,
      summary: 'Difference of mean scores, in points.',
      intercurrentEvents: [
        { event: 'Comes to few sessions or none', handling: 'treatment-policy' },
        { event: 'Moves to another unit', handling: 'treatment-policy' },
        { event: 'Leaves the force', handling: 'hypothetical' },
      ],
    },
    analysis: { covariates, smallSample: smallSample ?? 'none', tippingPointDeltas: deltas },
    sampleSize: sampleSize ?? { by: 'reason', reason: 'Everybody in the units named who can be asked is asked.' },
  });
}

import type { RandomStream } from '#shared/domain/random.ts';
import { normal } from '../distributions.ts';

/** The scale that a pilot measures, and how people without it score. */
export type OutcomeScale = {
  readonly instrument: string;
  readonly scale: string;
  readonly better: 'low' | 'high';
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
  /** Scores are whole multiples of one part in so many. */
  readonly parts: number;
  /** Share of the variance that stays with a person from one time to the next. */
  readonly lasting: number;
};

export const scales = {
  stress: {
    ...{ instrument: 'PSS-10', scale: 'total', better: 'low' },
    ...{ mean: 18, deviation: 6, low: 0, high: 40, parts: 1, lasting: 0.6 },
  },
  wellbeing: {
    ...{ instrument: 'WEMWBS', scale: 'total', better: 'high' },
    ...{ mean: 46, deviation: 8, low: 14, high: 70, parts: 1, lasting: 0.65 },
  },
  secondaryTrauma: {
    ...{ instrument: 'ProQOL-5', scale: 'secondary traumatic stress', better: 'low' },
    ...{ mean: 25, deviation: 5, low: 10, high: 50, parts: 1, lasting: 0.55 },
  },
  sleep: {
    ...{ instrument: 'ISI', scale: 'total', better: 'low' },
    ...{ mean: 12.5, deviation: 4, low: 0, high: 28, parts: 1, lasting: 0.6 },
  },
  operationalStress: {
    ...{ instrument: 'PSQ-Op', scale: 'mean', better: 'low' },
    ...{ mean: 3.8, deviation: 0.9, low: 1, high: 7, parts: 20, lasting: 0.6 },
  },
  functioning: {
    ...{ instrument: 'WSAS', scale: 'total', better: 'low' },
    ...{ mean: 17, deviation: 6, low: 0, high: 40, parts: 1, lasting: 0.6 },
  },
} as const satisfies Readonly<Record<string, OutcomeScale>>;

/**
 * A score as somebody would give it.
 * @param trait what stays with the person, in standard deviations towards the worse
 * @param points added to what the person would score else
 */
export function drawScore(random: RandomStream, scale: OutcomeScale, trait: number, points: number): number {
  const { mean, deviation, lasting, low, high, parts, better } = scale;
  const worse = better === 'low' ? 1 : -1;
  const deviations = Math.sqrt(lasting) * trait + Math.sqrt(1 - lasting) * normal(random);
  const score = mean + worse * deviation * deviations + points;
  return Number((Math.round(Math.min(high, Math.max(low, score)) * parts) / parts).toFixed(2));
}

/** Whether somebody answers: who is worse off answers less often, in every arm alike. */
export function doesAnswer(random: RandomStream, trait: number, usualShare: number): boolean {
  const logOdds = Math.log(usualShare / (1 - usualShare)) - leavingPerDeviation * trait;
  return random.nextUniform() < 1 / (1 + Math.exp(-logOdds));
}

/** Log-odds of not answering for a standard deviation towards the worse. */
export const leavingPerDeviation = 0.3;

export function outcomeWords({ instrument, scale }: OutcomeScale): string {
  return `${instrument}, ${scale}`;
}

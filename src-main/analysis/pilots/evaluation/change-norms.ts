import { normalQuantile } from '#main/stats/distributions/normal.ts';
import { type ChangeRule, differenceError } from '#main/stats/measurement/reliable-change.ts';
import { plainNumber } from '../../exposure/words.ts';

/** How much one person has to change on the instrument to be called changed: from its norms, or in points as published of it. */
export type ChangeNorms =
  | {
      readonly sd: number;
      /** Of the score, at best over time without treatment. */
      readonly reliability: number;
    }
  | {
      readonly points: number;
      /** `6 points, NHS Talking Therapies` */
      readonly source: string;
      /** Null where none is confirmed. */
      readonly reliability: number | null;
    };

/** Points by which one person has to change to be called changed; at 95% where they come from norms. */
export function changeThreshold(norms: ChangeNorms): number {
  return 'points' in norms ? norms.points : normalQuantile(0.975) * differenceError(norms.sd, norms.reliability);
}

/** The rule that tells who changed; nobody is called recovered by it. */
export function ruleOfChange(norms: ChangeNorms, better: ChangeRule['better']): ChangeRule {
  return 'points' in norms
    ? { error: 1, quantile: norms.points, cutoff: null, better }
    : {
        error: differenceError(norms.sd, norms.reliability),
        quantile: normalQuantile(0.975),
        ...{ cutoff: null, better },
      };
}

export function changeRuleWords(norms: ChangeNorms): string {
  return 'points' in norms
    ? `Changed by at least ${norms.source}.`
    : `Changed by ${plainNumber(changeThreshold(norms))} points or more (Jacobson and Truax, 95%; standard deviation ${plainNumber(norms.sd)}, reliability ${norms.reliability}).`;
}

import type { ChangeNorms } from './change-norms.ts';

/** A person allocated to one of two arms, as an estimator sees them; null where a value is not known. */
export type PilotPerson = {
  /** Offered the pilot: as allocated, whatever happened then. */
  readonly offered: boolean;
  /** Took part as the plan asks. */
  readonly adhered: boolean | null;
  readonly stratum: string | null;
  /** Team, area or force that was allocated as one. */
  readonly cluster: string | null;
  readonly covariates: Readonly<Record<string, number | string | null>>;
  readonly subgroups: Readonly<Record<string, string | null>>;
};

export type OutcomeNamed = {
  readonly name: string;
  readonly unit: 'points' | 'days' | 'spells';
  readonly better: 'low' | 'high';
  /** Null without norms of the instrument. */
  readonly norms: ChangeNorms | null;
};

/** One outcome of all people, in their order. */
export type PilotScores = OutcomeNamed & {
  readonly baseline: readonly (number | null)[];
  readonly waves: readonly { readonly wave: string; readonly scores: readonly (number | null)[] }[];
  /** Name of the wave that the main estimate is of. */
  readonly primaryWave: string;
};

export type EvaluationOptions = {
  /** Fewest people that a figure of their scores may rest on. */
  readonly minimum: number;
  /** Fewest people of whom it may be told that they answered, or did not. */
  readonly minimumTakingPart: number;
  /** Points by which missing scores are taken to be worse, one after the other. */
  readonly deltas: readonly number[];
  /** Names of subgroups to look into. */
  readonly subgroups: readonly string[];
};

/** An estimate with what has to be said of its fit, and a script that R runs on the rows named in it. */
export type Found<Estimate> = {
  readonly estimate: Estimate;
  readonly warnings: readonly string[];
  readonly r: string;
};

/** Scores of the wave that the main estimate is of. */
export function followUpOf({ waves, primaryWave }: PilotScores): readonly (number | null)[] {
  const found = waves.find(({ wave }) => wave === primaryWave);
  if (!found) throw new RangeError(`there is no wave “${primaryWave}”`);
  return found.scores;
}

/** −1 where a lower score is better: a difference times it is above 0 where it is for the better. */
export function signOfBetter({ better }: Pick<OutcomeNamed, 'better'>): 1 | -1 {
  return better === 'low' ? -1 : 1;
}

/** Numbers with NaN where there is none, as tables have them. */
export function orMissing(values: readonly (number | null)[]): number[] {
  return values.map((value) => value ?? Number.NaN);
}

export function isKnown<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

/**
 * What `pilot-fidelity` returns as `result`: whether a pilot was delivered as planned. Counts are of people; null is withheld: fewer
 * than `minimum`, or to be worked out from others. Means and shares rest on at least 10 people.
 */

/** Sessions of a person against those that were planned for them. */
export const doseLevels = ['none', 'part', 'enough'] as const;
export type DoseLevel = (typeof doseLevels)[number];

export type FidelityFigures = {
  readonly people: number | null;
  readonly byDose: Readonly<Record<DoseLevel, number | null>>;
  /** Sessions and minutes of a person, on average. */
  readonly plannedEach: number | null;
  readonly sessionsEach: number | null;
  readonly minutesEach: number | null;
  /** Share, 0–1, of sessions attended that lay within the shift of whoever attended, where that is known. */
  readonly withinShift: number | null;
  /** Planned sessions: of the plan, not of anybody. */
  readonly planned: number;
  /** Those of them that somebody came to. */
  readonly held: number | null;
  /** Mean score of the checklist over the planned sessions that have one. */
  readonly checklist: number | null;
};

export type FidelityCluster = FidelityFigures & { readonly cluster: string };

export type FidelityWeek = {
  /** Monday. */
  readonly from: string;
  readonly planned: number;
  readonly held: number;
  /** Who came to a session in it. */
  readonly people: number | null;
};

export type PilotFidelityResult = {
  readonly pilot: string;
  /** Local day of the first session, planned or attended; null where there is none. */
  readonly from: string | null;
  readonly to: string;
  readonly minimum: number;
  /** Share of the sessions planned for a person from which their dose is enough. */
  readonly enoughShare: number;
  readonly all: FidelityFigures;
  readonly clusters: readonly FidelityCluster[];
  readonly weeks: readonly FidelityWeek[];
};

/** In place of a cluster where the extract names none. */
export const noCluster = '(none given)';

/** What `early-warning` is asked for, with every default filled in. Days are calendar days. */
export type EarlyWarningSpec = {
  /** Landmarks from this day on, ISO; null for the first that is held. */
  readonly from: string | null;
  /** Last day of what is known, ISO. */
  readonly asOf: string;
  readonly instrument: string;
  readonly scale: string;
  /** A score that counts as a case: a cut-off of the instrument by its name, or the force's own, whose source it states. */
  readonly cutOff: string | { readonly score: number; readonly source: string };
  readonly horizonDays: number;
  /** A psychological spell counts when it exceeds this. */
  readonly spellDays: number;
  /** Days after which a row without its own `recorded_at` counts as known. */
  readonly lagDays: {
    readonly exposures: number;
    readonly absences: number;
    readonly duties: number;
    readonly screenings: number;
  };
  readonly folds: number;
  readonly resamples: number;
  readonly seed: number;
  /** Offers of support that the clinic can make in a week. */
  readonly capacityPerWeek: number;
  readonly rows: boolean;
};

export const earlyWarningDefaults = {
  horizonDays: 180,
  spellDays: 28,
  lagDays: { exposures: 7, absences: 7, duties: 7, screenings: 0 },
  folds: 5,
  resamples: 200,
  seed: 1,
  capacityPerWeek: 10,
} as const;

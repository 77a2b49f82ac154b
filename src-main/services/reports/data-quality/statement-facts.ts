import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { Batch } from '#shared/contract/imports.ts';
import type { QualityResult } from '#shared/contract/quality.ts';
import type { CodesHeld } from '../../overview/index.ts';
import type { Shown } from '../published-cells.ts';

/** With every default filled in, as the manifest records it. */
export type FilledDataQualitySpec = {
  readonly template: 'data-quality';
  readonly from: string;
  readonly to: string;
  readonly undone: number;
  readonly title: string;
  readonly marking: string;
  readonly version: string;
};

/** A batch that was taken out again; `at` in UTC, ISO. */
export type UndoneBatch = { readonly at: string; readonly by: string; readonly kind: string; readonly batch: string };

export type StatementFacts = {
  readonly spec: FilledDataQualitySpec;
  readonly synthetic: boolean;
  readonly analysis: AnalysisResult;
  readonly quality: QualityResult;
  readonly codes: CodesHeld;
  /** The oldest first, each by the roles of whoever imported it. */
  readonly batches: readonly (Batch & { readonly by: string })[];
  readonly undone: readonly UndoneBatch[];
};

/** How a count may be shown, by its name in `counts-to-judge.ts`. */
export type JudgedRows = (name: string) => Shown;

/** Extracts about health, whose rows are shown from ten on; those of work from five. */
const clinicalKinds: ReadonlySet<string> = new Set(['screenings', 'families', 'support', 'adverse_events']);

export const thresholds = { workforce: 5, clinical: 10 } as const;

export function measuresOf(kind: string): keyof typeof thresholds {
  return clinicalKinds.has(kind) ? 'clinical' : 'workforce';
}

export function thresholdOf(kind: string): number {
  return thresholds[measuresOf(kind)];
}

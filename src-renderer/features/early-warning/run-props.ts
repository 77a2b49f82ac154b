import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';

/** A run as it came, for how it was worked out, and what it found. */
export type RunProps = { readonly run: AnalysisResult; readonly result: EarlyWarningResult };

import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';

/** What the report on families is written from; every count of the result has been judged already. */
export type FamilyReportFacts = {
  readonly spec: FilledFamilyImpactSpec;
  readonly analysis: AnalysisResult;
  readonly result: FamilyImpactResult;
  readonly synthetic: boolean;
};

export type FilledFamilyImpactSpec = {
  readonly template: 'family-impact';
  readonly wave?: string;
  readonly title: string;
  readonly marking: string;
  readonly version: string;
};

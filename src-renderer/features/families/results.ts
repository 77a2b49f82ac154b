import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';

export function readFamilyImpact({ result }: AnalysisResult): FamilyImpactResult {
  const families = result as Partial<FamilyImpactResult>;
  if (!Array.isArray(families.flow) || !Array.isArray(families.scores) || typeof families.crossover !== 'object') {
    throw new Error('The result of family-impact does not have its shape.');
  }
  return families as FamilyImpactResult;
}

import type { AnalysisResult } from '#shared/contract/analyses.ts';
import {
  type CaseSummarySpec,
  caseSummarySections,
  type FilledCaseSummarySpec,
} from '#shared/contract/report-specs/case-summary.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import type { VaultContext } from '../../call-context.ts';
import { heldCase } from '../held-cases.ts';
import { revealedIdentity } from '../identity.ts';
import { summaryMethod } from './method-section.ts';
import { summaryDocument } from './summary-document.ts';
import { caseToSum } from './summary-facts.ts';

export const summaryMarking = 'OFFICIAL-SENSITIVE PERSONAL';

export type MadeCaseSummary = {
  readonly spec: FilledCaseSummarySpec;
  readonly document: ReportDocument;
  /** What it was written from, so that it can be written again and compared. */
  readonly facts: AnalysisResult;
};

/**
 * Writes the summary of a case; nothing leaves the engine yet.
 * @returns NOT_FOUND where there is no such case, BAD_INPUT where an identity was not revealed within the hour
 */
export async function caseSummary(context: VaultContext, given: CaseSummarySpec): Promise<Result<MadeCaseSummary>> {
  const { vault } = context;
  const held = heldCase(context, given.case);
  if (!held.ok) return held;
  const spec: FilledCaseSummarySpec = {
    template: given.template,
    case: given.case,
    reason: given.reason,
    // In the order of the report whatever order they were asked for in.
    include: caseSummarySections.filter((section) => given.include?.includes(section) ?? true),
    identity: given.identity ?? false,
    marking: given.marking ?? summaryMarking,
    version: given.version ?? '1.0',
  };
  const identity = spec.identity ? await revealedIdentity(context, spec.case, held.value.person) : ok(null);
  if (!identity.ok) return identity;
  const { marking, version, include, reason } = spec;
  const summed = await caseToSum(context, held.value);
  const document = summaryDocument({
    ...summed,
    ...{ identity: identity.value, include, reason, marking, version },
    made: null,
    synthetic: vault.synthetic,
  });
  const facts: AnalysisResult = {
    ...summaryMethod,
    asOf: summed.dataTo,
    spec: { case: spec.case, include },
    result: { sections: document.sections },
    reading: [],
    warnings: [],
    provenance: summed.provenance,
    r: '',
  };
  return ok({ spec, document, facts });
}

import { type Appraisal, appraisalSchema, overallJudgement } from '#shared/domain/evidence/appraisal.ts';
import { type Study, studySchema } from '#shared/domain/evidence/study.ts';
import type { BiasLevel } from '#shared/domain/evidence/synthesis.ts';
import { appraisalToolNamed } from './appraisal-tools.ts';
import type { SynthesisFinding } from './synthesis/spec.ts';

/** A document of a review as it is kept. */
export type KeptDocument = { readonly kind: string; readonly item: string; readonly body: string };

const order: readonly Exclude<BiasLevel, null>[] = ['low', 'some', 'high'];

/** The findings of one outcome in the studies of a review, each with how far its study may be wrong as it was appraised. */
export function findingsOfReview(documents: readonly KeptDocument[], outcome: string): SynthesisFinding[] {
  const of = (kind: string): unknown[] =>
    documents.filter((document) => document.kind === kind).map(({ body }) => JSON.parse(body));
  const appraisals = of('appraisal').map((body) => appraisalSchema.parse(body));
  return of('study')
    .map((body) => studySchema.parse(body))
    .flatMap((study) => findingsOfStudy(study, biasOf(study, appraisals), outcome));
}

function findingsOfStudy(study: Study, bias: BiasLevel, outcome: string): SynthesisFinding[] {
  const { design, studied, groups } = study;
  return study.findings
    .filter((finding) => finding.outcome === outcome)
    .map(({ finding, measuredBy, better, weeks, adjusted, arm, comparison, reported }) => ({
      ...{ study: study.study, title: study.title, finding, design, studied, bias, groups },
      isOwnPilot: study.ownPilot !== null,
      ...{ measuredBy, better, weeks, adjusted, arm, comparison, reported },
    }));
}

/** The worst that anybody judges over all; null where nobody has judged it all. */
function biasOf({ study }: Study, appraisals: readonly Appraisal[]): BiasLevel {
  const levels = appraisals
    .filter((appraisal) => appraisal.study === study)
    .flatMap((appraisal) => {
      const tool = appraisalToolNamed(appraisal.tool);
      if (tool?.judges !== 'bias') return [];
      const overall = overallJudgement(tool, appraisal);
      const counts = tool.judgements.find(({ judgement }) => judgement === overall)?.counts ?? null;
      return counts === null ? [] : [counts];
    });
  return levels.length === 0 ? null : (order[Math.max(...levels.map((level) => order.indexOf(level)))] ?? null);
}

import type { ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { accuracySection } from './accuracy-section.ts';
import { closingSections } from './closing-sections.ts';
import { dataSection } from './data-section.ts';
import { decisionsSection } from './decisions-section.ts';
import { fairnessSection } from './fairness-section.ts';
import type { ModelCardFacts } from './model-card-facts.ts';
import { predictorsSection } from './predictors-section.ts';
import { checksSection, purposeSection, shortSection } from './purpose-sections.ts';

/** The model card as a document. Its result was made safe where it was worked out; its counts are judged beside earlier releases. */
export function modelCardReport(facts: ModelCardFacts): ReportDocument {
  const { spec, run, result } = facts;
  const body: readonly ReportSection[] = [
    shortSection(facts),
    purposeSection(facts),
    checksSection(facts),
    dataSection(facts),
    predictorsSection(facts),
    accuracySection(facts),
    fairnessSection(facts),
    decisionsSection(facts),
  ];
  return {
    title: spec.title,
    subtitle: `${result.caseWords} or a long psychological absence within ${run.horizonDays} days; data to ${formatDate(run.asOf)}`,
    marking: spec.marking,
    version: spec.version,
    language: 'en-GB',
    dataTo: run.asOf,
    about:
      'What an early warning is made of, how well it foretells, for whom, and whether it may be used. It is about a model and groups of people, never about one person. An early warning offers support and judges nobody: it is never for discipline, promotion, vetting or posting.',
    sections: [...body, ...closingSections(facts, body)],
  };
}

import glossary from '#resources/glossary.json' with { type: 'json' };
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { ForceQuarterlySpec, QuarterlySection } from '#shared/contract/report-specs/force-quarterly.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import type { VaultContext } from '../../call-context.ts';
import { plannedActions } from '../../plan/index.ts';
import { dataQuality } from '../../quality/index.ts';
import { cited } from '../appendices/appendices.ts';
import { analysesSection, descriptionChecklist } from '../appendices/described-appendices.ts';
import { provenanceSection } from '../frame-sections.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { releasedTogether } from '../released-together.ts';
import { dataSection } from './data-section.ts';
import { quarterlyExposure } from './exposure-section.ts';
import { type JudgedQuarters, judgeQuarters, scheme } from './quarterly-counts.ts';
import { type QuarterlyFacts, quarterlyFacts } from './quarterly-facts.ts';
import { quarterlyMethod } from './quarterly-method.ts';
import { type JudgedSection, placedSection } from './quarterly-parts.ts';
import { shortSection, type ToldElsewhere } from './short-section.ts';
import { quarterlyWellbeing } from './wellbeing-section.ts';

/**
 * The quarterly report for chief officers and the wellbeing board: what changed since the quarter before and since the same one of
 * the year before. What the three quarters count is judged as one system, beside every earlier release.
 */
export async function makeForceQuarterly(
  context: VaultContext,
  given: ForceQuarterlySpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const found = await quarterlyFacts(context, given);
  if (!found.ok) return found;
  const facts = found.value;
  const judged = await judgeQuarters(facts, earlier, context.signal);
  const sections: ReportSection[] = [];
  const placed = new Map<QuarterlySection, JudgedSection>();
  for (const section of facts.spec.sections) {
    const made = await sectionOf(context, section, { facts, judged, earlier });
    if (!made.ok) return made;
    if ('release' in made.value) placed.set(section, made.value);
    sections.push('release' in made.value ? made.value.section : made.value);
  }
  const parts = [...placed.values()];
  const analyses = [...facts.analyses, ...parts.flatMap((part) => part.analyses)];
  const short = shortSection(facts, judged, toldElsewhere(context, facts, placed));
  return ok({
    spec: facts.spec,
    period: { from: facts.spec.from, to: facts.spec.to },
    document: documentOf(facts, [short, ...sections], analyses),
    release: releasedTogether([judged, ...parts.map(({ release }) => release)]),
    analyses,
    notes: parts.flatMap(({ notes }) => notes),
  });
}

type Ready = {
  readonly facts: QuarterlyFacts;
  readonly judged: JudgedQuarters;
  readonly earlier: readonly ReleaseBody[];
};

async function sectionOf(
  context: VaultContext,
  section: QuarterlySection,
  { facts, judged, earlier }: Ready,
): Promise<Result<ReportSection | JudgedSection>> {
  switch (section) {
    case 'exposure':
      return ok(quarterlyExposure(facts, judged));
    case 'wellbeing':
      return ok(quarterlyWellbeing(facts, judged));
    case 'data': {
      const quality = await dataQuality(context, { asOf: facts.spec.to });
      return quality.ok ? ok(dataSection(facts, judged, quality.value.freshness)) : quality;
    }
    default:
      return placedSection(context, section, facts, earlier);
  }
}

/** What the front page may name of sections that stand in the report with their figures. */
function toldElsewhere(
  context: VaultContext,
  { spec }: QuarterlyFacts,
  placed: ReadonlyMap<QuarterlySection, JudgedSection>,
): ToldElsewhere {
  const analysesOf = (section: QuarterlySection): readonly AnalysisResult[] => {
    const part = placed.get(section);
    return part?.isTold === true ? part.analyses : [];
  };
  const [now, before, yearBefore] = analysesOf('absence');
  const open = placed.has('plan')
    ? plannedActions(context, spec.to).filter(({ summary }) => !hasEnded.has(summary.status))
    : null;
  return {
    absence: now === undefined || before === undefined || yearBefore === undefined ? null : [now, before, yearBefore],
    indicators: analysesOf('indicators')[0] ?? null,
    plan:
      open === null
        ? null
        : {
            open: open.length,
            overdue: open.filter(({ summary }) => summary.isOverdue).length,
            broken: open.filter(({ turn }) => turn.breaks.length > 0).length,
          },
  };
}

const hasEnded: ReadonlySet<string> = new Set(['done', 'stopped']);

function documentOf(
  facts: QuarterlyFacts,
  body: readonly ReportSection[],
  analyses: readonly AnalysisResult[],
): ReportDocument {
  const { spec, quarters } = facts;
  const sections = [...body, quarterlyMethod(facts), provenanceSection({ spec: { ...spec, scheme } }, analyses)];
  const methods = analysesSection(analyses, sections);
  const terms = termsUsed([...sections, methods], glossary.terms);
  return {
    title: spec.title,
    subtitle: `${formatDate(spec.from)} to ${formatDate(spec.to)}, beside ${quarters.before.name} and ${quarters.yearBefore.name}`,
    marking: spec.marking,
    language: 'en-GB',
    dataTo: spec.to,
    version: spec.version,
    about:
      'For chief officers and the wellbeing board: what changed in exposure, wellbeing, absence and support since the quarter before and since the same quarter of the year before, and what is being done. It is written to help offer support. It is not a judgement of anyone, and no line of it may be used for discipline, promotion, vetting or posting.',
    sections: [
      ...sections,
      methods,
      descriptionChecklist(sections, {
        described: ['exposure', 'absence'],
        inTime: ['indicators'],
        asked: ['wellbeing'],
        others: ['support', 'peer-network', 'families', 'plan'],
      }),
      { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms }] },
      { id: 'references', heading: 'References', blocks: [{ kind: 'references', items: cited }] },
    ],
  };
}

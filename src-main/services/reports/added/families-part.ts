import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { diagramBlocks, flowTable, scoresTable } from '../family-blocks.ts';
import type { FamilyCount } from '../family-counts.ts';
import { type AddedPart, limitedReading } from './added-part.ts';

/** Every count of the answer that is printed, null where it is withheld there. */
export function familyCounts(result: FamilyImpactResult): FamilyCount[] {
  const { flow, scores, differences, spillover, crossover, mediation, children } = result;
  return [
    ...flow.map(({ step, count }) => ({ of: step, count })),
    ...scores.map(({ member, measure, n }) => ({ of: `${member} answered ${measure.name}`, count: n })),
    ...differences
      .filter(({ kind, estimate }) => kind === 'within couples' && estimate !== null)
      .map(({ measure, n }) => ({ of: `both answered ${measure.name}`, count: n })),
    ...(crossover.refused === null ? [{ of: 'couples of crossover', count: crossover.couples }] : []),
    ...(spillover.refused === null ? [{ of: 'officers of spillover', count: spillover.officers }] : []),
    ...(mediation.refused === null ? [{ of: 'couples of mediation', count: mediation.complete }] : []),
    ...(children.mean === null ? [] : [{ of: `answered ${children.measure.name}`, count: children.households }]),
  ];
}

/** What a wave of the family survey found: who is in it, the scores, the path diagrams and the reading. */
export function familiesPart(analysis: AnalysisResult): AddedPart {
  const result = analysis.result as unknown as FamilyImpactResult;
  const withheld = familyCounts(result).filter(({ count }) => count === null).length;
  return {
    analyses: [analysis],
    withheld,
    counts: { workforce: [], clinical: [] },
    section: {
      id: 'families',
      heading: 'Families',
      blocks: [
        {
          kind: 'paragraph',
          text: 'What families who agreed to answer said, and how strain at work goes with life at home. Nothing here is about one household.',
        },
        flowTable(result),
        scoresTable(result.scores),
        ...diagramBlocks('Spillover', result.spillover),
        ...diagramBlocks('Crossover', result.crossover),
        ...diagramBlocks('Ways from work to home', result.mediation),
        ...limitedReading(analysis, withheld),
      ],
    },
  };
}

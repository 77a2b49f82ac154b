import type {
  FamilyChildren,
  FamilyDifference,
  FamilyImpactResult,
  FamilyMeasure,
  FamilyReliability,
  FamilyScores,
} from '#shared/domain/family-impact.ts';
import type { Block, ReportSection, TableBlock, TableCellValue } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { countCell, intervalCell, numberCell } from '../added/added-part.ts';
import { flowTable, members } from '../family-blocks.ts';
import { familyThreshold } from '../family-counts.ts';
import { textCell } from '../published-cells.ts';
import type { FamilyReportFacts } from './family-report-facts.ts';

/** Why it was asked, what was to be found out, and how. */
export function askedSection({ result, analysis }: FamilyReportFacts): ReportSection {
  return {
    id: 'asked',
    heading: 'What was asked',
    blocks: [
      {
        kind: 'paragraph',
        text: 'A review of 43 studies of the families of emergency responders, more than half of them of police, found strain at work going with strain at home, and partners who are themselves affected (Sharp and others 2022); most were surveys at one time in the United States. Among Australian police, work–family conflict and exhaustion went with each other in both directions over a year (Hall and others 2010); among state police in the United States, conflict stood between stress and burnout (Griffin and Sun 2018). Little is known of families in the United Kingdom.',
      },
      {
        kind: 'list',
        ordered: true,
        items: [
          'Spillover: do an officer’s exposure and distress go with work getting in the way of home?',
          'Crossover: does the distress of one of a couple go with how the other finds the relationship?',
          'Ways from work to home: do exposure, the officer’s distress, work–family conflict and the partner’s distress hang together as a chain?',
        ],
      },
      {
        kind: 'paragraph',
        text: `The design is a survey at one time, wave ${result.wave}, whose last answer is of ${formatDate(analysis.asOf)}, joined with what the force records of the officer’s exposures before their own answer. Officers and partners are told apart by their part, so the two are compared as what they are.`,
      },
    ],
  };
}

export function peopleSection(result: FamilyImpactResult): ReportSection {
  const { unlinkedBecause } = result;
  return {
    id: 'people',
    heading: 'Who answered',
    blocks: [
      { ...flowTable(result), id: 'flow' },
      ...(unlinkedBecause === null ? [] : [{ kind: 'paragraph' as const, text: unlinkedBecause }]),
      { kind: 'heading', text: 'Consent and withdrawal' },
      {
        kind: 'paragraph',
        text: 'An answer counts only where whoever gave it had agreed on or before that day. Whoever withdraws, at any time and of any wave, leaves every figure with all they ever answered; the other at home stays for what needs one alone. A couple who both serve are one couple.',
      },
      { kind: 'heading', text: 'Response, and what silence may do' },
      {
        kind: 'paragraph',
        text: 'Nobody knows how many families were asked, so there is no response rate. Those under most strain may have had no strength to answer, and those who are well may have seen no need: means may lie too high or too low. Couples in which both answered may be closer than others, so that links within couples may be weaker or stronger elsewhere. No weighting can mend this here, because nothing is held of those who did not answer.',
      },
      { kind: 'heading', text: 'Groups' },
      {
        kind: 'paragraph',
        text: 'No figure is split by rank, role, unit, sex or age. Groups of couples would be small, and what is withheld of one would follow from the others.',
      },
    ],
  };
}

const scoreHeads = ['Answered', 'Mean', 'SD', 'Alpha', '95% interval', 'Omega'];

export function measuresSection({ scores, differences, children }: FamilyImpactResult): ReportSection {
  return {
    id: 'measures',
    heading: 'What was measured, and how well',
    blocks: [
      scoresTable(scores),
      ...(differences.length === 0
        ? []
        : [{ kind: 'heading' as const, text: 'Officers beside partners' }, differencesTable(differences)]),
      { kind: 'heading', text: 'Children, as their parents see them' },
      ...childrenBlocks(children),
    ],
  };
}

function direction({ higherIs }: FamilyMeasure): string {
  return higherIs === 'worse' ? 'higher is worse' : 'higher is better';
}

const notAssessable: TableCellValue = { kind: 'not-assessable' };

function reliabilityCells(reliability: FamilyReliability | null): readonly TableCellValue[] {
  if (reliability === null) return [notAssessable, notAssessable, notAssessable];
  const { alpha, alphaLow, alphaHigh, omegaTotal } = reliability;
  return [
    numberCell(alpha, 2),
    alphaLow === null || alphaHigh === null ? notAssessable : intervalCell(alphaLow, alphaHigh, 2),
    omegaTotal === null ? notAssessable : numberCell(omegaTotal, 2),
  ];
}

function scoresTable(scores: readonly FamilyScores[]): TableBlock {
  return {
    kind: 'table',
    id: 'scores',
    caption: 'Scores, and how reliable each measure is here',
    columns: [
      { label: 'Who and what', align: 'start' },
      ...scoreHeads.map((label) => ({ label, align: 'end' as const })),
    ],
    rows: scores.map(({ member, measure, n, mean, sd, reliability }) => ({
      cells: [
        textCell(`${members[member]}, ${measure.name} (${direction(measure)})`),
        ...[countCell(n), numberCell(mean, 1), numberCell(sd, 1)],
        ...reliabilityCells(reliability),
      ],
    })),
    notes: [
      'Alpha, with Feldt’s interval, and omega near 1 mean that the items of a measure agree with each other in these answers; below 0.7 read with care.',
      ...reasonsOf(scores),
    ],
    threshold: familyThreshold,
  };
}

/** Why alpha and omega are not given, each reason once. */
function reasonsOf(scores: readonly FamilyScores[]): string[] {
  const reasons = scores.flatMap(({ reliability, reliabilityWithheld }) =>
    reliability === null && reliabilityWithheld !== null ? [reliabilityWithheld.replace('withheld: ', '')] : [],
  );
  return [...new Set(reasons)].map((reason) => `Not assessable: ${reason}.`);
}

function differencesTable(differences: readonly FamilyDifference[]): TableBlock {
  return {
    kind: 'table',
    id: 'differences',
    caption: 'Officers less partners, on measures that both answered',
    columns: [
      { label: 'Measure', align: 'start' },
      { label: 'Compared', align: 'start' },
      { label: 'Couples', align: 'end' },
      { label: 'Difference', align: 'end' },
      { label: '95% interval', align: 'end' },
    ],
    rows: differences.map(({ measure, kind, n, estimate, low, high }) => ({
      cells: [
        textCell(measure.name),
        textCell(kind),
        kind === 'between samples' ? { kind: 'empty' } : countCell(n),
        numberCell(estimate, 2),
        intervalCell(low, high, 2),
      ],
    })),
    notes: ['Above zero: officers scored higher.'],
    threshold: familyThreshold,
  };
}

/** Children are a count of households and the mean of totals that a parent gave; nothing goes below that. */
function childrenBlocks({ measure, households, mean, sd, withheld }: FamilyChildren): Block[] {
  const rows = [
    { cells: [textCell('Households of which a parent gave a total'), countCell(households)] },
    { cells: [textCell('Mean of the totals'), numberCell(mean, 1)] },
    { cells: [textCell('SD of the totals'), numberCell(sd, 1)] },
  ];
  return [
    mean === null
      ? { kind: 'paragraph', text: `Nothing is told of children: ${withheld}.` }
      : {
          kind: 'table',
          id: 'children',
          caption: `Children: ${measure.name}, one total a household (${direction(measure)})`,
          columns: [
            { label: 'What', align: 'start' },
            { label: 'Figure', align: 'end' },
          ],
          rows,
          notes: [],
          threshold: familyThreshold,
        },
    {
      kind: 'paragraph',
      text: 'No child is named, counted alone or described: a total of a household, as a parent gave it, is the least that is held. It is not set beside exposure or strain, and no band is printed.',
    },
  ];
}

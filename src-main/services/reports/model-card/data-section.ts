import type { OutcomeCounts } from '#shared/domain/early-warning.ts';
import type { Block, ReportSection, TableBlock } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { countCell } from '../added/added-part.ts';
import { textCell } from '../published-cells.ts';
import type { ModelCardFacts } from './model-card-facts.ts';

const threshold = 10;

/** Whom it learnt from, what counts as a case, and how much that is. */
export function dataSection(facts: ModelCardFacts): ReportSection {
  const { result } = facts;
  return {
    id: 'data',
    heading: 'What it learnt from',
    blocks: [
      definitions(facts),
      ...(result.waves.length === 0
        ? [{ kind: 'paragraph' as const, text: 'No screening could be followed.' }]
        : [wavesTable(facts), partsTable(facts)]),
      assessableTable(facts),
      ...sampleSizeBlocks(facts),
    ],
  };
}

function definitions({ run, result }: ModelCardFacts): Block {
  const cutOff =
    typeof run.cutOff === 'string'
      ? `The cut-off is the instrument’s own, “${run.cutOff}”.`
      : `The cut-off is the force’s own and is not confirmed. Its source as stated: ${run.cutOff.source}.`;
  const { exposures, absences, duties, screenings } = run.lagDays;
  return {
    kind: 'definitions',
    items: [
      {
        term: 'At risk',
        meaning:
          'Each completed screening of somebody in post, below the cut-off, not absent and without an open case. One person may be in it at several screenings.',
      },
      {
        term: 'Case',
        meaning: `${result.caseWords} at a later screening, or a psychological absence of more than ${run.spellDays} calendar days that begins, within ${run.horizonDays} days. ${cutOff}`,
      },
      {
        term: 'None',
        meaning: 'In post to the end of that time, with a screening below the cut-off and no such absence.',
      },
      {
        term: 'Not known',
        meaning:
          'Everything else: who left, or was not screened again. It is never filled in; screenings with a known outcome that are like them weigh more.',
      },
      {
        term: 'Known by then',
        meaning: `Only what was recorded by the day of the screening enters. Where a row does not say when it was recorded, that is its date and ${exposures} days for exposures, ${absences} for absences, ${duties} for duties, ${screenings} for screenings.`,
      },
    ],
  };
}

function outcomeCells({ cases, nonCases, unknown }: OutcomeCounts) {
  return [countCell(cases), countCell(nonCases), countCell(unknown)];
}

function wavesTable({ result: { waves, landmarks } }: ModelCardFacts): TableBlock {
  return {
    kind: 'table',
    id: 'waves',
    caption: 'What the screenings were followed by, wave by wave',
    columns: [
      { label: 'Wave', align: 'start' },
      { label: 'Screened', align: 'start' },
      { label: 'By a case', align: 'end' },
      { label: 'By none', align: 'end' },
      { label: 'Not known', align: 'end' },
    ],
    rows: [
      ...waves.map((wave) => ({
        cells: [
          textCell(wave.wave),
          textCell(`${formatDate(wave.from)} to ${formatDate(wave.to)}`),
          ...outcomeCells(wave),
        ],
      })),
      { role: 'total', cells: [textCell('All'), { kind: 'empty' }, ...outcomeCells(landmarks)] },
    ],
    notes: [],
    threshold,
  };
}

function partsTable({ result: { landmarks }, run }: ModelCardFacts): TableBlock {
  const row = (part: string, counts: OutcomeCounts) => ({ cells: [textCell(part), ...outcomeCells(counts)] });
  return {
    kind: 'table',
    caption: 'The two parts of the outcome, each by itself',
    columns: [
      { label: 'Part', align: 'start' },
      { label: 'Yes', align: 'end' },
      { label: 'No', align: 'end' },
      { label: 'Not known', align: 'end' },
    ],
    rows: [
      row('The cut-off reached at a later screening', landmarks.caseness),
      row(`A psychological absence of more than ${run.spellDays} days`, landmarks.spell),
    ],
    notes: ['A screening can be followed by both, and is one case then.'],
    threshold,
  };
}

function assessableTable({ result: { assessable }, run }: ModelCardFacts): TableBlock {
  return {
    kind: 'table',
    id: 'assessable',
    caption: `Who in post can be assessed on ${formatDate(run.asOf)}`,
    columns: [
      { label: 'Who', align: 'start' },
      { label: 'People', align: 'end' },
    ],
    rows: [
      { cells: [textCell('Assessable'), countCell(assessable.assessable)] },
      ...assessable.reasons.map(({ words, people }) => ({
        cells: [textCell(`Not assessable: ${words.charAt(0).toLowerCase()}${words.slice(1)}`), countCell(people)],
      })),
    ],
    notes: ['Not assessable is never zero and never “no risk”.'],
    threshold,
  };
}

function sampleSizeBlocks({ result: { sampleSize } }: ModelCardFacts): Block[] {
  if (sampleSize.criteria.length === 0) return [];
  const needed = (count: number | null) =>
    count === null ? ({ kind: 'not-assessable' } as const) : ({ kind: 'number', value: count, decimals: 0 } as const);
  return [
    {
      kind: 'table',
      id: 'sample-size',
      caption: 'How many screenings a model of this size needs',
      columns: [
        { label: 'So that', align: 'start' },
        { label: 'Needed', align: 'end' },
        { label: 'Held', align: 'end' },
        { label: 'Met', align: 'start' },
      ],
      rows: sampleSize.criteria.map((criterion) => ({
        cells: [
          textCell(criterion.words),
          needed(criterion.needed),
          countCell(sampleSize.held),
          textCell(criterion.met === null ? 'not judged' : criterion.met ? 'yes' : 'no'),
        ],
      })),
      notes: [
        'Criteria 1 to 3 of Riley and others (2020). Screenings of one person are not independent, so that these are lower bounds.',
      ],
      threshold,
    },
  ];
}

import type { CountToRelease } from '#main/disclosure/released-counts.ts';
import { answered, responseSpec } from '#shared/charts/peer-charts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import {
  type NotReadyReason,
  noArea,
  type PeerNetworkResult,
  type PeerResponse,
  peerShifts,
  type SupervisionGap,
} from '#shared/domain/peer-network.ts';
import type { Block, TableBlock } from '#shared/report/document.ts';
import { formatDate, formatNumber, formatShare } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import { type AddedPart, countCell, intervalCell, printed, readingBlocks, shareCell } from './added-part.ts';

const fewestVolunteers = 5;

type Count = { readonly of: string; readonly count: number | null };

/** Who could take somebody on, what was asked where, how long people waited and what was lacking. */
export function peerNetworkPart(analysis: AnalysisResult): AddedPart {
  const result = analysis.result as unknown as PeerNetworkResult;
  const { from, to } = result;
  const minimum = Number(analysis.spec['minimum']);
  const volunteers = volunteerCounts(result);
  const people = peopleCounts(result);
  const withheld = [...volunteers, ...people].filter(({ count }) => count === null).length;
  const told = (counts: readonly Count[], period: { readonly from: string; readonly to: string }): CountToRelease[] =>
    counts.flatMap(({ of, count }) => (count === null ? [] : [printed(`peer network|${of}`, period, count)]));
  return {
    analyses: [analysis],
    withheld,
    counts: { workforce: told(volunteers, { from: to, to }), clinical: told(people, { from, to }) },
    section: {
      id: 'peer-network',
      heading: 'The peer network',
      blocks: [
        {
          kind: 'paragraph',
          text: `Volunteers as they stood on ${formatDate(to)}, and what was asked of them since ${formatDate(from)}. Nobody who asked is named or counted alone.`,
        },
        readinessTable(result),
        coverageTable(result, minimum),
        ...responseBlocks(result.response),
        supervisionTable(result, minimum),
        ...readingBlocks(analysis.reading, analysis.warnings, withheld),
      ],
    },
  };
}

function volunteerCounts({ volunteers, load }: PeerNetworkResult): Count[] {
  return [
    { of: 'volunteers listed', count: volunteers.listed },
    { of: 'volunteers ready', count: volunteers.ready },
    ...volunteers.notReady.map(({ reason, volunteers: count }) => ({ of: `volunteers ${reason}`, count })),
    { of: 'volunteers over capacity', count: load.overCapacity },
  ];
}

function peopleCounts({ coverage, supervision, response }: PeerNetworkResult): Count[] {
  return [
    ...coverage.areas.map(({ area, people }) => ({ of: `people|${area}`, count: people })),
    ...coverage.cells.map(({ area, shift, people }) => ({ of: `people|${area}|${shift}`, count: people })),
    { of: 'people first met somebody lacking something', count: supervision.people },
    ...supervision.gaps.map(({ gap, people }) => ({ of: `people first met somebody|${gap}`, count: people })),
    { of: 'requests', count: response.requests },
    { of: 'requests open', count: response.open },
  ];
}

const reasonWords: Readonly<Record<NotReadyReason, string>> = {
  'not serving': 'Not serving',
  'never vetted': 'Never vetted',
  'vetting lapsed': 'Vetting lapsed',
  'never trained': 'Never trained',
  'training lapsed': 'Training lapsed',
  'no supervisor': 'No supervisor',
};

const gapWords: Readonly<Record<SupervisionGap, string>> = {
  'volunteer not listed': 'Volunteer not listed',
  ...reasonWords,
  'renewed since': 'Renewed since, so that it cannot be judged',
};

function readinessTable({ volunteers }: PeerNetworkResult): TableBlock {
  return {
    kind: 'table',
    caption: 'Volunteers by what keeps them from taking somebody on',
    columns: [
      { label: 'Each under the first that holds', align: 'start' },
      { label: 'Volunteers', align: 'end' },
    ],
    rows: [
      { cells: [textCell('Ready'), countCell(volunteers.ready)] },
      ...volunteers.notReady.map(({ reason, volunteers: count }) => ({
        cells: [textCell(reasonWords[reason]), countCell(count)],
      })),
      { role: 'total' as const, cells: [textCell('All'), countCell(volunteers.listed)] },
    ],
    notes: [],
    threshold: fewestVolunteers,
  };
}

function coverageTable({ coverage }: PeerNetworkResult, minimum: number): TableBlock {
  const asked = new Map(coverage.cells.map(({ area, shift, people }) => [`${area} ${shift}`, people]));
  return {
    kind: 'table',
    caption: 'People who asked, each once, by the area and shift of their first request',
    columns: [
      { label: 'Area', align: 'start' },
      { label: 'Early', unit: 'from 07:00', align: 'end' },
      { label: 'Late', unit: 'from 15:00', align: 'end' },
      { label: 'Night', unit: 'from 23:00', align: 'end' },
      { label: 'All day', align: 'end' },
    ],
    rows: coverage.areas.map(({ area, people }) => ({
      cells: [
        textCell(area === noArea ? 'No area given' : area),
        ...peerShifts.map((shift) => countCell(asked.get(`${area} ${shift}`) ?? null)),
        countCell(people),
      ],
    })),
    notes: [],
    threshold: minimum,
  };
}

function responseBlocks(response: PeerResponse): Block[] {
  const { withinShare, hours, curve } = response;
  if (withinShare === null || curve.length === 0) {
    return [
      { kind: 'paragraph', text: 'How long people waited for an answer is withheld: it rests on too few people.' },
    ];
  }
  const title = `${formatShare(withinShare.estimate, 1)} of requests were answered within ${formatNumber(hours)} hours`;
  return [
    {
      kind: 'figure',
      title,
      caption:
        'Share of requests answered by hours since they were made, by Kaplan and Meier with its 95% interval; requests still open count as waiting.',
      description: `A rising curve of the share answered. ${title}.`,
      chart: responseSpec(response),
      data: {
        columns: [
          { label: 'Within', unit: 'hours', align: 'start' },
          { label: 'Answered', align: 'end' },
          { label: '95% interval, %', align: 'end' },
        ],
        rows: curve.map((point) => ({
          cells: [
            textCell(formatNumber(point.hours)),
            shareCell(answered(point.waiting)),
            intervalCell(percent(answered(point.high)), percent(answered(point.low)), 1),
          ],
        })),
        notes: [],
      },
    },
  ];
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function supervisionTable({ supervision }: PeerNetworkResult, minimum: number): TableBlock {
  return {
    kind: 'table',
    caption: 'People whose first contact was with a volunteer who then lacked something',
    columns: [
      { label: 'What was lacking', align: 'start' },
      { label: 'People', align: 'end' },
    ],
    rows: [
      ...supervision.gaps.map(({ gap, people }) => ({ cells: [textCell(gapWords[gap]), countCell(people)] })),
      { role: 'total' as const, cells: [textCell('Any of these'), countCell(supervision.people)] },
    ],
    notes: [],
    threshold: minimum,
  };
}

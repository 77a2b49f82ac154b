import type { UptakeByGroup } from '#main/analysis/support/missed.ts';
import { groupingWords } from '#main/analysis/support/reading.ts';
import type { ServiceUptake, SupportUptake } from '#main/analysis/support/support-uptake.ts';
import type { TimeToContact } from '#main/analysis/support/wait.ts';
import type { CountToRelease } from '#main/disclosure/released-counts.ts';
import { funnelSpec, missedSpec, supportSteps, waitSpec } from '#shared/charts/uptake-charts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { Block, TableData } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import { type AddedPart, countCell, intervalCell, limitedReading, printed, shareCell } from './added-part.ts';

/** How support was offered and taken up in the period, service by service. */
export function supportPart(analysis: AnalysisResult): AddedPart {
  const result = analysis.result as unknown as SupportUptake;
  const services = result.services.filter(({ people }) => people !== null);
  const withheld =
    result.services.length - services.length + services.reduce((sum, service) => sum + withheldIn(service), 0);
  return {
    analyses: [analysis],
    withheld,
    counts: { workforce: [], clinical: services.flatMap((service) => countsOf(service, result)) },
    section: {
      id: 'support',
      heading: 'Support offered and taken up',
      blocks: [
        {
          kind: 'paragraph',
          text: `Each person counts once for a service, with the first offer or referral of the period, and is followed for ${result.followDays} days: offers up to ${formatDate(result.lastStart)} are in it.`,
        },
        ...services.flatMap((service) => serviceBlocks(service, result)),
        ...limitedReading(analysis, withheld),
      ],
    },
  };
}

/** Steps and groups that are few; what the extract never says is not withheld. */
function withheldIn({ funnel, groups }: ServiceUptake): number {
  const steps = funnel.filter(({ people, reason }) => people === null && reason === 'few').length;
  return steps + groups.reduce((sum, grouping) => sum + grouping.withheldGroups, 0);
}

/** People who took it up follow from a group's people and its share, so that they are counted as printed. */
function countsOf({ service, people, funnel, groups }: ServiceUptake, result: SupportUptake): CountToRelease[] {
  const period = { from: result.period.from, to: result.lastStart };
  const count = (of: string, value: number | null): CountToRelease[] =>
    value === null ? [] : [printed(`support|${service}|${of} in ${result.followDays} days`, period, value)];
  return [
    ...count('people', people),
    ...funnel.flatMap((step) => count(step.step, step.people)),
    ...groups.flatMap(({ by, groups: own }) =>
      own.flatMap(({ group, people: held, uptake }) => [
        ...count(`${by}=${group}`, held),
        ...count(`${by}=${group} contacted`, held === null || uptake === null ? null : Math.round(held * uptake.share)),
      ]),
    ),
  ];
}

function serviceBlocks(service: ServiceUptake, { minimum }: SupportUptake): Block[] {
  const { wait, groups } = service;
  return [
    { kind: 'heading', text: service.service },
    {
      kind: 'figure',
      title: `${service.service}: people by step, from the offer to its end`,
      caption: 'People who reached each step. A later step implies the ones before it.',
      description: `Bars of people by step for ${service.service}.`,
      chart: funnelSpec(service.funnel),
      data: funnelData(service, minimum),
    },
    ...(wait === null ? [] : waitBlocks(service.service, wait)),
    ...groups.flatMap((grouping) => groupBlocks(service.service, grouping, minimum)),
  ];
}

function funnelData({ funnel }: ServiceUptake, minimum: number): TableData {
  const told = funnel.filter(({ reason }) => reason !== 'not-recorded');
  const missing = funnel
    .filter(({ reason }) => reason === 'not-recorded')
    .map(({ step }) => supportSteps[step] ?? step);
  return {
    columns: [
      { label: 'Step', align: 'start' },
      { label: 'People', align: 'end' },
      { label: 'Share of', align: 'start' },
      { label: 'Share', align: 'end' },
      { label: '95% interval, %', align: 'end' },
    ],
    rows: told.map(({ step, people, of, share, low, high }) => ({
      cells: [
        textCell(supportSteps[step] ?? step),
        countCell(people),
        of === null ? { kind: 'empty' } : textCell(supportSteps[of] ?? of),
        of === null ? { kind: 'empty' } : shareCell(share),
        of === null ? { kind: 'empty' } : intervalCell(percent(low), percent(high), 1),
      ],
    })),
    notes: missing.length === 0 ? [] : [`The extract does not say who was: ${missing.join(', ')}.`],
    threshold: minimum,
  };
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function waitBlocks(service: string, wait: TimeToContact): Block[] {
  const half =
    wait.medianDays === null
      ? 'fewer than half had one by the newest day held'
      : `half had one by day ${wait.medianDays}`;
  return [
    {
      kind: 'figure',
      title: `${service}: time to the first contact; ${half}`,
      caption:
        'Share contacted by days since the offer or referral, by Aalen and Johansen with its 95% interval; leaving the force is the competing risk.',
      description: `A rising curve of the share contacted. ${half}.`,
      chart: waitSpec(wait),
      data: {
        columns: [
          { label: 'Within', unit: 'days', align: 'start' },
          { label: 'Contacted', align: 'end' },
          { label: '95% interval, %', align: 'end' },
        ],
        rows: wait.marks.map(({ day, contacted, low, high }) => ({
          cells: [textCell(String(day)), shareCell(contacted), intervalCell(percent(low), percent(high), 1)],
        })),
        notes: [],
      },
    },
  ];
}

function groupBlocks(
  service: string,
  { by, reference, groups, withheldGroups }: UptakeByGroup,
  minimum: number,
): Block[] {
  const shown = groups.filter(({ people }) => people !== null);
  if (shown.length < 2) return [];
  const against = reference ?? 'the rest of the force';
  return [
    {
      kind: 'figure',
      title: `${service}, uptake by ${groupingWords[by]} against ${against}`,
      caption: 'Share who took up an offer over that of those compared with, with 95% intervals; 1 is no difference.',
      description: `A forest plot of ${shown.length} groups.`,
      chart: missedSpec(reference, shown),
      data: {
        columns: [
          { label: 'Group', align: 'start' },
          { label: 'People', align: 'end' },
          { label: 'Took it up', align: 'end' },
          { label: 'Ratio', align: 'end' },
          { label: '95% interval', align: 'end' },
        ],
        rows: shown.map(({ group, people, uptake, ratio }) => ({
          cells: [
            textCell(group),
            countCell(people),
            shareCell(uptake?.share ?? null),
            ratio === null ? { kind: 'empty' } : { kind: 'number', value: ratio.estimate, decimals: 2 },
            ratio === null ? { kind: 'empty' } : intervalCell(ratio.low, ratio.high, 2),
          ],
        })),
        notes: withheldGroups === 0 ? [] : [`Withheld: ${withheldGroups} of ${groups.length} groups.`],
        threshold: minimum,
      },
    },
  ];
}

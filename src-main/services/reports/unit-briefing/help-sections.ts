import type { AbsenceFigures } from '#main/analysis/absence/figures.ts';
import steps from '#resources/unit-briefing/this-week.json' with { type: 'json' };
import type { DirectoryService } from '#shared/contract/services.ts';
import type { Block, ReportSection, RichText, TableCellValue } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { countCell, intervalCell, numberCell, shareCell } from '../added/added-part.ts';
import { textCell } from '../published-cells.ts';
import type { UnitBriefingFacts } from './briefing-facts.ts';
import { absenceOfUnit, uptakeOfUnit } from './unit-counts.ts';

const besideEarlier: Block = {
  kind: 'paragraph',
  text: 'These figures are withheld: beside reports that were released before, a small number could be worked out from them.',
};

/** Days lost in the unit beside the force; nothing of it where fewer than ten people were absent. */
export function absenceSection({ facts, isHealthTold }: UnitBriefingFacts): ReportSection {
  const section = (blocks: readonly Block[]): ReportSection => ({ id: 'absence', heading: 'Days lost', blocks });
  const { all } = facts.absence;
  const own = absenceOfUnit(facts);
  if (!isHealthTold) return section([besideEarlier]);
  if (all === null || all.peopleAbsent === 0) {
    return section([
      { kind: 'paragraph', text: 'No absence is held for these months. Import the people and absences extracts.' },
    ]);
  }
  if (own === null) {
    return section([
      {
        kind: 'paragraph',
        text: `Days lost are not told for this unit: fewer than ${facts.spec.clinicalThreshold} of its people were absent, or another unit could be worked out from it.`,
      },
    ]);
  }
  const row = (label: string, cell: (of: AbsenceFigures) => TableCellValue) => ({
    cells: [textCell(label), cell(own), cell(all)],
  });
  return section([
    {
      kind: 'table',
      id: 'days-lost',
      caption: `Absence from ${formatDate(facts.spec.from)} to ${formatDate(facts.spec.to)}`,
      columns: [
        { label: '', align: 'start' },
        { label: 'Unit', align: 'end' },
        { label: 'Whole force', align: 'end' },
      ],
      rows: [
        row('FTE days lost per 100 in post', ({ ratePercent }) => numberCell(ratePercent, 1)),
        row('FTE days lost', ({ days }) => numberCell(days.fte, 0)),
        row('People absent, at any time', ({ peopleAbsent }) => countCell(peopleAbsent)),
        row('Spells per person and year', ({ frequencyPerYear }) => numberCell(frequencyPerYear, 2)),
        row('Psychological share of days lost', ({ psychological }) => shareCell(psychological?.share ?? null)),
      ],
      notes: [
        'Days are calendar days by the FTE held on them. Reasons are chosen by people who may fear to name them.',
      ],
      threshold: facts.spec.clinicalThreshold,
    },
  ]);
}

/** What was offered and taken up, and whom to ask. */
export function supportSection({ facts, services, isHealthTold }: UnitBriefingFacts): ReportSection {
  const told = uptakeOfUnit(facts).filter(({ people }) => people !== null);
  return {
    id: 'support',
    heading: 'Support, and how to help',
    blocks: [
      ...(isHealthTold ? uptakeBlocks(facts, told) : [besideEarlier]),
      ...servicesBlocks(services),
      {
        kind: 'callout',
        tone: 'caution',
        title: 'Whom this is about',
        text: [
          'It is about the work, never about one person. You are not shown who met most, who has a signal or who took up support, and nobody will tell you: that is what makes people answer.',
          'If you are worried about somebody, ask them, and offer the services here. Nothing in this briefing may be used for discipline, promotion, vetting or posting.',
        ],
      },
    ],
  };
}

function uptakeBlocks({ support, spec }: UnitBriefingFacts['facts'], told: ReturnType<typeof uptakeOfUnit>): Block[] {
  if (support === null) {
    return [{ kind: 'paragraph', text: 'No support is held. Import the support extract to see what was offered.' }];
  }
  if (told.length === 0) {
    return [
      {
        kind: 'paragraph',
        text: `What was offered in this unit is not told: for no service were ${spec.clinicalThreshold} or more of its people offered support, followed for ${support.followDays} days, so that no other unit could be worked out.`,
      },
    ];
  }
  return [
    {
      kind: 'table',
      id: 'uptake',
      caption: `Offers up to ${formatDate(support.lastStart)}, each followed for ${support.followDays} days`,
      columns: [
        { label: 'Service', align: 'start' },
        { label: 'Offered in the unit', align: 'end' },
        { label: 'Had a first contact', align: 'end' },
        { label: '95% interval, %', align: 'end' },
        { label: 'In the force', align: 'end' },
      ],
      rows: told.map(({ service, people, share, low, high, shareOfForce }) => ({
        cells: [
          textCell(service),
          countCell(people),
          shareCell(share),
          intervalCell(low === null ? null : 100 * low, high === null ? null : 100 * high, 1),
          shareCell(shareOfForce),
        ],
      })),
      notes: [],
      threshold: spec.clinicalThreshold,
    },
  ];
}

/** The force's own directory, as it was typed there. */
function servicesBlocks(services: readonly DirectoryService[]): Block[] {
  const offered = services.flatMap(({ service, current }) => (current === null ? [] : [{ service, ...current }]));
  if (offered.length === 0) {
    return [
      {
        kind: 'paragraph',
        text: 'The directory of services is empty. Enter what the force offers in the place Support, and this briefing says how to reach it.',
      },
    ];
  }
  return [
    {
      kind: 'table',
      id: 'services',
      caption: 'What the force offers',
      columns: [
        { label: 'Service', align: 'start' },
        { label: 'For whom', align: 'start' },
        { label: 'How to reach it', align: 'start' },
      ],
      rows: offered.map(({ service, audience, contact }) => ({
        cells: [textCell(service), textCell(audience), textCell(contact)],
      })),
      notes: ['As the force has entered it.'],
    },
  ];
}

/** What a head of a unit can do at once, each with what it rests on. */
export function thisWeekSection(): ReportSection {
  const items: readonly RichText[] = steps.steps.map(({ words, why }, at) => [
    { text: words, emphasis: 'strong' },
    ` ${why} [${at + 1}]`,
  ]);
  return {
    id: 'this-week',
    heading: 'What you can do this week',
    blocks: [
      { kind: 'list', ordered: true, items },
      {
        kind: 'paragraph',
        tone: 'small',
        text: `Where each comes from: ${steps.steps.map(({ source }, at) => `[${at + 1}] ${source}`).join('; ')}.`,
      },
    ],
  };
}

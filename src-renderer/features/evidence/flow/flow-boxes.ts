import type { ReviewFlow } from '#shared/domain/review-flow.ts';

export type FlowStage = 'identification' | 'screening' | 'included';

/** A box of the diagram with its number, and what it is made of. */
export type FlowBox = {
  readonly box: string;
  readonly count: number;
  readonly parts: readonly { readonly label: string; readonly count: number }[];
};

/** A step down the middle, and what leaves the flow there at its right. */
export type FlowStep = { readonly stage: FlowStage; readonly main: FlowBox; readonly leaves: FlowBox | null };

type Part = FlowBox['parts'][number];

/** Parts that are none are left out, as the form of PRISMA leaves its lines out. */
function partsOf(...parts: readonly (readonly [label: string, count: number])[]): Part[] {
  return parts.flatMap(([label, count]) => (count === 0 ? [] : [{ label, count }]));
}

/** The boxes of PRISMA 2020, top to bottom. */
export function flowSteps({ identified, removed, screened, sought, assessed, included }: ReviewFlow): FlowStep[] {
  return [
    {
      stage: 'identification',
      main: {
        box: 'Records identified',
        count: identified.records,
        parts: partsOf(
          ['databases', identified.databases],
          ['registers', identified.registers],
          ['websites, organisations and citations', identified.others],
        ),
      },
      leaves: {
        box: 'Records removed before screening',
        count: removed.duplicates + removed.unreadable,
        parts: partsOf(['duplicates', removed.duplicates], ['without a title', removed.unreadable]),
      },
    },
    {
      stage: 'screening',
      main: {
        box: 'Records screened',
        count: screened.records,
        parts: partsOf(['still wait', screened.waiting], ['to settle', screened.conflicts], ['kept', screened.kept]),
      },
      leaves: { box: 'Records excluded', count: screened.excluded, parts: [] },
    },
    {
      stage: 'screening',
      main: {
        box: 'Reports sought for retrieval',
        count: sought.reports,
        parts: partsOf(['still sought', sought.waiting], ['here', sought.retrieved]),
      },
      leaves: { box: 'Reports not retrieved', count: sought.notRetrieved, parts: [] },
    },
    {
      stage: 'screening',
      main: {
        box: 'Reports assessed for eligibility',
        count: assessed.reports,
        parts: partsOf(
          ['still wait', assessed.waiting],
          ['to settle', assessed.conflicts],
          ['included', assessed.included],
        ),
      },
      leaves: {
        box: 'Reports excluded',
        count: assessed.excluded,
        parts: assessed.byReason
          .filter(({ reports }) => reports > 0)
          .map(({ words, reports }) => ({ label: words, count: reports })),
      },
    },
    {
      stage: 'included',
      main: {
        box: 'Studies included in the review',
        count: included.studies,
        parts: [{ label: 'reports of them', count: included.reports }],
      },
      leaves: null,
    },
  ];
}

import { type Finding, type Study, type StudyDesign, studySchema } from '#shared/domain/evidence/study.ts';
import type { PilotDesign, PilotPlan } from '#shared/domain/pilot.ts';
import type {
  PilotComparison,
  PilotEvaluationResult,
  PilotEvaluationTold,
} from '#shared/domain/pilot-evaluation-result.ts';

const designs: Readonly<Record<PilotDesign, StudyDesign>> = {
  'pre-post': 'before-after',
  randomised: 'randomised',
  'cluster-randomised': 'cluster-randomised',
  'stepped-wedge': 'cluster-randomised',
  'difference-in-differences': 'controlled-before-after',
  'interrupted-time-series': 'interrupted-time-series',
  weighting: 'cohort',
};

export type EvaluatedPilot = {
  readonly plan: PilotPlan;
  readonly result: PilotEvaluationResult;
  /** What the evaluation was made by and from. */
  readonly made: {
    readonly method: string;
    readonly version: string;
    readonly snapshot: string;
    readonly resultHash: string;
  };
};

type ToldComparison = PilotComparison & { readonly evaluation: PilotEvaluationTold };

/**
 * A finished pilot as a study of a review: the main estimate of each arm in points, and over its standard deviation where there is
 * one. It holds nothing that the evaluation does not tell. Null where the plan or the evaluation tells of no estimate.
 */
export function studyOfPilot({ plan, result, made }: EvaluatedPilot, outcome: string): Study | null {
  const { pilot, title, design, primary } = plan;
  const told = result.comparisons.filter((each): each is ToldComparison => !('refused' in each.evaluation));
  const [first] = told;
  if (design === null || primary === null || first === undefined) return null;
  const weeks = Math.max(0, Math.round(primary.followUp.toDay / 7));
  const counts = told.map(({ evaluation }) => peopleIn(evaluation));
  return studySchema.parse({
    study: `Pilot ${pilot.replaceAll('/', '-')}`.slice(0, 120),
    title: `${title.slice(0, 170)} (own pilot, unpublished)`,
    reports: [{ citation: `Evaluation of the pilot “${pilot}”, not published.` }],
    ...{ design: designs[design], studied: 'police', setting: 'This force' },
    // Arms may share a comparison: only one arm's people can be told without adding somebody twice.
    participants: told.length === 1 ? (counts[0] ?? null) : null,
    findings: told.flatMap((each, at) =>
      findingsOf(each, { outcome, better: primary.better, weeks, n: counts[at] ?? null }),
    ),
    ownPilot: {
      ...{ pilot, outcome: first.evaluation.outcome.slice(0, 200) },
      maryland: first.evaluation.standards.maryland.level,
      ...made,
    },
    notes: [...new Set(told.flatMap(({ evaluation }) => evaluation.limits))].join(' ').slice(0, 4_000),
  });
}

type CommonFinding = Pick<Finding, 'outcome' | 'better' | 'weeks'> & { readonly n: number | null };

function findingsOf({ arm, comparison, evaluation }: ToldComparison, { n, ...common }: CommonFinding): object[] {
  const { estimate, se, low, high, standardised, method } = evaluation.primary;
  const shared = {
    ...{ ...common, measuredBy: evaluation.outcome, adjusted: true },
    ...{ arm: arm ?? '', comparison: comparison ?? '', where: `Evaluation of the pilot: ${method}`.slice(0, 500) },
  };
  const named = (what: string): string => (arm === null ? what : `${arm.replaceAll('/', '-').slice(0, 90)}, ${what}`);
  const points = { of: 'effect', measure: 'MD', estimate, se, low, high, n };
  if (standardised === null) return [{ ...shared, finding: named('in points'), reported: points }];
  const { estimate: mean, low: least, high: most, sd } = standardised;
  const over = { of: 'effect', measure: 'SMD', estimate: mean, se: se / sd, low: least, high: most, n };
  return [
    { ...shared, finding: named('in points'), reported: points },
    { ...shared, finding: named('standardised'), reported: over },
  ];
}

/** Those in the main estimate; null where a count is withheld. */
function peopleIn({ flow }: PilotEvaluationTold): number | null {
  const last = flow.map(({ steps }) => steps.at(-1)?.count ?? null);
  if (last.length === 0 || last.includes(null)) return null;
  const sum = (last as number[]).reduce((total, count) => total + count, 0);
  return sum === 0 ? null : sum;
}

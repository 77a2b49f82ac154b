import type { Count, EarlyWarningResult, GateCheck, OutcomeCounts, Performance } from '#shared/domain/early-warning.ts';
import { benefitUntold, eventsFound, gateWords } from '../model/gate.ts';

/** Whether a count of the ledger may be given. */
export type MayGive = (name: string) => boolean;

/** Whether parts of a whole that is known may be given, each for itself. */
export type MayGiveParts = (names: readonly string[], counts: readonly number[]) => readonly boolean[];

export type CountGuard = {
  readonly mayGive: MayGive;
  readonly mayGiveParts: MayGiveParts;
  /** Counts above 0 and below this are never given. */
  readonly threshold: number;
};

/** The result without the counts that may not be given, and without what is too few to say anything of. */
export function withholdCounts(result: EarlyWarningResult, guard: CountGuard): EarlyWarningResult {
  const { validation, landmarks, waves, drift, gate } = result;
  const { mayGive } = guard;
  const given = (name: string, count: Count): Count => (mayGive(name) ? count : null);
  const outcomes = (name: string, { cases, nonCases, unknown }: OutcomeCounts): OutcomeCounts => ({
    cases: given(`${name} cases`, cases),
    nonCases: given(`${name} nonCases`, nonCases),
    unknown: given(`${name} unknown`, unknown),
  });
  const judged = <Judged extends Performance>(name: string, performance: Judged): Judged =>
    withheldPerformance(performance, name, guard);
  const placeOf = new Map(waves.map(({ wave }, at) => [wave, at]));
  const temporal = validation.temporal && judged('tested', validation.temporal);
  const { overall } = validation.leaveOneUnitOut;
  const training = validation.apparent;
  const checks = gate.checks.map((check) => withheldCheck(check, temporal));
  return {
    ...result,
    assessable: withheldAssessable(result.assessable, guard.mayGiveParts),
    landmarks: {
      ...outcomes('outcome', landmarks),
      screenings: given('all', landmarks.screenings),
      people: enough(landmarks.people, guard.threshold),
      caseness: outcomes('caseness', landmarks.caseness),
      spell: outcomes('spell', landmarks.spell),
    },
    waves: waves.map((wave, at) => ({ ...wave, ...outcomes(`wave ${at}`, wave) })),
    sampleSize: { ...result.sampleSize, held: given('training landmarks', result.sampleSize.held) },
    validation: {
      ...validation,
      temporal,
      folds: validation.folds.map((fold) => {
        const at = placeOf.get(fold.testWave) ?? -1;
        return { ...judged(`fold ${at}`, fold), trainedOn: outcomes(`learnt ${at}`, fold.trainedOn) };
      }),
      leaveOneUnitOut: {
        ...validation.leaveOneUnitOut,
        overall: overall && judged(overall.landmarks === training?.landmarks ? 'training' : '', overall),
      },
      apparent: training && judged('training', training),
    },
    ...(temporal?.events === null || temporal?.nonEvents === null ? tellingOfTheWhole(result) : {}),
    rules: {
      ...result.rules,
      performance: result.rules.performance && judged('tested', result.rules.performance),
    },
    gate: { ...gate, checks, ...(result.model === null ? {} : { words: gateWords(checks) }) },
    drift: drift.map((row) => {
      const at = placeOf.get(row.wave) ?? -1;
      return {
        ...row,
        landmarks: given(`wave ${at} landmarks`, row.landmarks),
        events: given(`fold ${at} events`, row.events),
      };
    }),
    // Who is named in rows is counted by them.
    signals: result.rows ? result.signals : enough(result.signals, guard.threshold),
  };
}

function enough(count: Count, threshold: number): Count {
  return count !== null && count > 0 && count < threshold ? null : count;
}

function isFew(count: Count, threshold: number): boolean {
  return count === null || count < threshold;
}

const noFigures = {
  auc: null,
  intercept: null,
  slope: null,
  observedExpected: null,
  brier: null,
  averagePrecision: null,
};

/** Figures of fewer cases or others than the threshold go whole; else only what tells a count that may not be given. */
function withheldPerformance<Judged extends Performance>(
  performance: Judged,
  name: string,
  { mayGive, threshold }: CountGuard,
): Judged {
  const { landmarks, people, events, nonEvents, prevalence, scaledBrier } = performance;
  const few = isFew(events, threshold) || isFew(nonEvents, threshold);
  const given = (part: string, count: Count): Count => (mayGive(`${name} ${part}`) ? count : null);
  const counts = {
    landmarks: given('landmarks', landmarks),
    people: enough(people, threshold),
    events: given('events', events),
    nonEvents: given('nonEvents', nonEvents),
  };
  const tells = counts.events === null || counts.nonEvents === null;
  return {
    ...performance,
    ...(few ? noFigures : {}),
    ...counts,
    prevalence: tells ? null : prevalence,
    scaledBrier: few || tells ? null : scaledBrier,
  };
}

function withheldAssessable(
  assessable: EarlyWarningResult['assessable'],
  mayGiveParts: MayGiveParts,
): EarlyWarningResult['assessable'] {
  const { reasons } = assessable;
  const names = ['assessable', ...reasons.map(({ reason }) => reason)];
  const given = mayGiveParts(
    names,
    [assessable.assessable, ...reasons.map(({ people }) => people)].map((count) => count ?? 0),
  );
  return {
    ...assessable,
    assessable: given[0] ? assessable.assessable : null,
    reasons: reasons.map((reason, at) => ({ ...reason, people: given[at + 1] ? reason.people : null })),
  };
}

function withheldCheck(check: GateCheck, temporal: Performance | null): GateCheck {
  const passed = check.passed === true;
  if (!temporal || (temporal.events !== null && temporal.nonEvents !== null)) return check;
  if (check.code === 'events') return { ...check, found: eventsFound(temporal, passed) };
  if (check.code === 'net-benefit' && check.passed !== null) return { ...check, found: benefitUntold(passed) };
  return check;
}

/** What would tell how many cases were tested: what a capacity finds and misses of them, and the good of an offer to everybody. */
function tellingOfTheWhole({ capacity }: EarlyWarningResult): Pick<EarlyWarningResult, 'capacity' | 'netBenefit'> {
  return {
    netBenefit: [],
    capacity: {
      ...capacity,
      rows: capacity.rows.map((row) => ({ ...row, sensitivity: null, missedCases: null })),
    },
  };
}

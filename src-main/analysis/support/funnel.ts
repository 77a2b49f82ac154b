import { wilsonInterval } from '#main/stats/wilson-interval.ts';
import { isEnough, maySplit } from './counts.ts';
import type { Course, StartedCourse, SupportStep } from './courses.ts';

export type FunnelStepName = SupportStep | 'started';

/** Why a number of people is not given. */
export type FunnelReason = 'few' | 'not-recorded' | 'no-denominator';

export type FunnelStep = {
  readonly step: FunnelStepName;
  /** Null where few, or where the extract never names the step. */
  readonly people: number | null;
  /** The step that the share is of. */
  readonly of: FunnelStepName | null;
  /** 0–1 with Wilson's interval; null with the reason where either number is not given. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: FunnelReason | null;
};

export type FunnelInput = {
  /** Every course of the service. */
  readonly courses: readonly Course[];
  /** The first course of each person that started in the period, all followed as long. */
  readonly started: readonly StartedCourse[];
  readonly fromDay: number;
  readonly toDay: number;
  readonly followDays: number;
  readonly minimum: number;
};

/** People by step. What comes later implies what came before, so that the numbers fall from step to step. */
export function funnelOf(input: FunnelInput): FunnelStep[] {
  const { started, courses, followDays } = input;
  const reached = (day: (course: StartedCourse) => number | null): number =>
    started.filter((course) => {
      const at = day(course);
      return at !== null && at - course.startDay <= followDays;
    }).length;
  const recorded = (day: (course: Course) => number | boolean | null): boolean =>
    courses.some((course) => day(course) !== null && day(course) !== false);
  const chain = [
    { step: 'contacted', of: 'started', day: (course: Course) => course.contactDay },
    { step: 'engaged', of: 'contacted', day: (course: Course) => course.engagedDay },
    { step: 'completed', of: 'engaged', day: (course: Course) => course.completedDay },
  ] as const;
  const sides = [
    { step: 'declined', day: (course: Course) => course.declinedDay },
    { step: 'missed', day: (course: Course) => course.missedDay },
  ] as const;
  const whole = started.length;
  const steps: FunnelStep[] = [...eligibleSteps(input), ...waysIn(input)];
  // Each number stands beside the last one shown, so the difference between the two must not be small either.
  let above = isEnough(whole, input.minimum) ? { step: 'started' as FunnelStepName, people: whole } : null;
  for (const { step, of, day } of chain) {
    const people = reached(day);
    const isKnown = recorded(day);
    const shown = isKnown && above !== null && maySplit(people, above.people, input.minimum);
    const denominator = above?.step === of ? above.people : null;
    steps.push(stepOf(step, isKnown ? (shown ? people : 'few') : 'not-recorded', of, denominator));
    if (shown) above = { step, people };
  }
  for (const { step, day } of sides) {
    const people = reached(day);
    const shown = maySplit(people, whole, input.minimum);
    steps.push(stepOf(step, recorded(day) ? (shown ? people : 'few') : 'not-recorded', 'started', whole));
  }
  return steps;
}

/** Who could have been offered it, and those of them who were; without such rows the share of the eligible cannot be known. */
function eligibleSteps({ courses, started, fromDay, toDay, minimum }: FunnelInput): FunnelStep[] {
  const days = courses.flatMap(({ member, eligibleDay: day }) => (day === null ? [] : [{ member, day }]));
  const eligible = new Set(days.filter(({ day }) => day >= fromDay && day <= toDay).map(({ member }) => member));
  const both = started.filter(({ member }) => eligible.has(member)).length;
  const whole = started.length;
  if (days.length === 0) {
    return [
      stepOf('eligible', 'not-recorded', null, null),
      { ...stepOf('started', isEnough(whole, minimum) ? whole : 'few', 'eligible', null), share: null },
    ];
  }
  const safe = maySplit(both, eligible.size, minimum) && maySplit(both, whole, minimum);
  const share = safe && eligible.size > 0 ? both / eligible.size : null;
  return [
    stepOf('eligible', safe ? eligible.size : 'few', null, null),
    {
      step: 'started',
      people: isEnough(whole, minimum) ? whole : null,
      of: 'eligible',
      share,
      ...(share === null ? { low: null, high: null } : wilsonInterval(both, eligible.size)),
      reason: isEnough(whole, minimum) ? (share === null ? (safe ? 'no-denominator' : 'few') : null) : 'few',
    },
  ];
}

/** By offer, by referral or by both; each only where none of the three is few. */
function waysIn({ courses, started, minimum }: FunnelInput): FunnelStep[] {
  const offered = started.filter((course) => course.offered).length;
  const referred = started.filter((course) => course.referred).length;
  const parts = [started.length - referred, started.length - offered, offered + referred - started.length];
  const safe = isEnough(started.length, minimum) && parts.every((part) => isEnough(part, minimum));
  const one = (step: 'offered' | 'referred', people: number): FunnelStep => {
    const known = courses.some((course) => course[step]);
    return stepOf(step, known ? (safe ? people : 'few') : 'not-recorded', null, null);
  };
  return [one('offered', offered), one('referred', referred)];
}

function stepOf(
  step: FunnelStepName,
  people: number | 'few' | 'not-recorded',
  of: FunnelStepName | null,
  whole: number | null,
): FunnelStep {
  const nothing = { share: null, low: null, high: null };
  if (typeof people === 'string') return { step, people: null, of, ...nothing, reason: people };
  if (of === null) return { step, people, of, ...nothing, reason: null };
  if (whole === null || whole === 0) return { step, people, of, ...nothing, reason: 'no-denominator' };
  return { step, people, of, share: people / whole, ...wilsonInterval(people, whole), reason: null };
}

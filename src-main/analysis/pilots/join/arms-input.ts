import type { PilotDesign } from '#shared/domain/pilot.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { plainDate } from '../../exposure/words.ts';
import type { EvaluationInput } from '../evaluation/evaluate-pilot.ts';
import type { PilotPerson, PilotScores } from '../evaluation/people.ts';
import { covariateNamed, groupNamed, type PersonOnDay } from './characteristics.ts';
import { type Joined, mixedDfOf, peopleWords, type ToJoin } from './joined.ts';
import { type MeasuredOutcome, normMeanOf } from './measured-outcome.ts';
import type { Participant, PilotRecords } from './records.ts';
import { sessionsEach, tookPart } from './taking-part.ts';

export type DesignOfPeople = Extract<PilotDesign, 'pre-post' | 'randomised' | 'cluster-randomised' | 'weighting'>;

/** One offered arm and the one it is compared with; both null where everybody is offered the pilot. */
export type TwoArms = { readonly arm: string | null; readonly comparison: string | null };

type Placed = { readonly participant: Participant; readonly day: number };

/** People of two arms, each with their scores in days from their own allocation. */
export function joinArms(join: ToJoin, design: DesignOfPeople, { arm, comparison }: TwoArms): Joined {
  const { records, plan, spec, primary, secondaries } = join;
  const own = records.participants.filter(
    (one) => one.notEnrolledReason === null && (arm === null || one.arm === arm || one.arm === comparison),
  );
  refuseEmpty(own, [arm, comparison], spec.pilot);
  const placed = own.flatMap((participant): Placed[] => {
    const day = firstDayOf(participant, records);
    return day === null ? [] : [{ participant, day }];
  });
  const isOffered = (participant: Participant): boolean => arm === null || participant.arm === arm;
  const sessions = sessionsEach(records, spec.asOf);
  const people = placed.map((one) => personOf(one, isOffered(one.participant), join, sessions));
  const scores = (outcome: MeasuredOutcome): PilotScores => scoresOf(outcome, [primary, ...secondaries], placed);
  return {
    ...{ arm, comparison },
    input: inputOf(design, join, { people, primary: scores(primary), secondaries: secondaries.map(scores) }),
    offered: placed.flatMap(({ participant }) => (isOffered(participant) ? [participant] : [])),
    warnings: [
      ...unknownNames(plan.analysis.covariates, covariateNamed, 'is not adjusted for'),
      ...unknownNames(plan.analysis.subgroups, groupNamed, 'is not looked into'),
      ...withoutDay(own.length - placed.length),
      ...notOver(primary, placed, spec.pilot),
    ],
  };
}

function refuseEmpty(own: readonly Participant[], arms: readonly (string | null)[], pilot: string): void {
  const empty = arms.find((name) => name !== null && !own.some(({ arm }) => arm === name));
  if (empty === undefined) return;
  throw new ExpectedError(
    'REFUSED_MODEL',
    `Nobody of ${pilot} is in the arm “${empty}”.`,
    'Nothing was computed. Let chance allocate, or import pilot_enrolments with arms as the plan names them.',
  );
}

function inputOf(
  design: DesignOfPeople,
  { plan, spec, primary }: ToJoin,
  inArms: {
    readonly people: readonly PilotPerson[];
    readonly primary: PilotScores;
    readonly secondaries: readonly PilotScores[];
  },
): EvaluationInput {
  switch (design) {
    case 'randomised':
      return { design, ...inArms };
    case 'pre-post':
      return { design, ...inArms, normMean: normMeanOf(primary.planned) };
    case 'weighting':
      return { design, ...inArms, to: spec.weightedTo };
    case 'cluster-randomised':
      return {
        ...{ design, ...inArms, df: mixedDfOf(plan) },
        main: plan.analysis.smallSample === 'CR2' ? 'CR2' : 'mixed model',
      };
  }
}

/** The day that the days of the plan count from: of the allocation, else when their team began, else of their consent. */
export function firstDayOf(participant: Participant, { clusters }: Pick<PilotRecords, 'clusters'>): number | null {
  const began = clusters.find(({ cluster }) => cluster === participant.cluster)?.exposedFrom ?? null;
  return participant.allocatedDay ?? began ?? participant.consentedDay;
}

function personOf(
  { participant, day }: Placed,
  offered: boolean,
  { records, plan, spec }: ToJoin,
  sessions: ReturnType<typeof sessionsEach>,
): PilotPerson {
  const onDay: PersonOnDay = { participant, member: records.members.get(participant.person) ?? null, day };
  const read = <Value>(names: readonly string[], named: (name: string) => ((on: PersonOnDay) => Value | null) | null) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const reader = named(name);
        return reader === null ? [] : [[name, reader(onDay)]];
      }),
    );
  const covariates = plan.analysis.covariates.filter((name) => !isAdjustedAnyway(name));
  return {
    offered,
    adhered: tookPart(sessions, participant.person, plan, spec.enoughShare),
    stratum: plan.allocation?.byStratum === true ? participant.stratum : null,
    cluster: participant.cluster,
    covariates: read<number | string>(covariates, covariateNamed),
    subgroups: read<string>(plan.analysis.subgroups, groupNamed),
  };
}

/** The score at baseline and the stratum are adjusted for wherever there are any. */
function isAdjustedAnyway(name: string): boolean {
  return ['baseline', 'stratum'].includes(name.toLowerCase());
}

/** An outcome of all people; what the plan measures in the same way at other times is a wave beside it. */
function scoresOf(outcome: MeasuredOutcome, all: readonly MeasuredOutcome[], placed: readonly Placed[]): PilotScores {
  const alike = all
    .filter(({ planned }) => JSON.stringify(planned.measure) === JSON.stringify(outcome.planned.measure))
    .sort((a, b) => a.planned.followUp.fromDay - b.planned.followUp.fromDay);
  const { baseline } = outcome.planned;
  return {
    name: alike.length === 1 ? outcome.name : `${outcome.name}, ${waveOf(outcome)}`,
    ...{ unit: outcome.unit, better: outcome.better, norms: outcome.norms, primaryWave: waveOf(outcome) },
    baseline: placed.map(({ participant: { person }, day }) =>
      baseline === null ? null : outcome.valueOf(person, day + baseline.fromDay, day + baseline.toDay, 'last'),
    ),
    waves: alike.map((one) => ({
      wave: waveOf(one),
      scores: placed.map(({ participant: { person }, day }) => {
        const { fromDay, toDay } = one.planned.followUp;
        return one.valueOf(person, day + fromDay, day + toDay, 'middle');
      }),
    })),
  };
}

function waveOf({ planned: { followUp } }: MeasuredOutcome): string {
  return `day ${followUp.fromDay} to ${followUp.toDay}`;
}

function unknownNames(names: readonly string[], named: (name: string) => unknown, what: string): string[] {
  return names
    .filter((name) => !isAdjustedAnyway(name) && named(name) === null)
    .map((name) => `The plan names “${name}”, of which no extract tells: it ${what}.`);
}

function withoutDay(count: number): string[] {
  const words = peopleWords(count);
  return words === null ? [] : [`${words} are left out: neither a day of allocation nor of consent is held of them.`];
}

/** People who have not answered, and whose follow-up still goes on, count as if they never would. */
function notOver(outcome: MeasuredOutcome, placed: readonly Placed[], pilot: string): string[] {
  const { knownTo, name } = outcome;
  const { followUp } = outcome.planned;
  const going = placed.filter(
    ({ participant: { person }, day }) =>
      day + followUp.toDay > (knownTo ?? 0) &&
      outcome.valueOf(person, day + followUp.fromDay, day + followUp.toDay, 'middle') === null,
  ).length;
  const words = peopleWords(going);
  if (words === null || knownTo === null) return [];
  return [
    `The follow-up of ${name} in ${pilot} goes on beyond ${plainDate(knownTo)}, the last day held: ${words.toLowerCase()} without a score may still have one, and count as missing until then.`,
  ];
}

import { randomStream } from '#shared/domain/random.ts';
import { normal, poisson } from './distributions.ts';
import { wallTime } from './exposure-rows.ts';
import type { RoleName } from './force-shape.ts';
import { monthsBefore } from './month-plan.ts';
import { type ForceOptions, periodOf } from './options.ts';
import type { SyntheticPerson } from './people.ts';
import { planted } from './planted.ts';

/** Offers and referrals of support: who is offered what, who takes it up, and how long people wait. */

export const supportHeader = ['person_ref', 'service', 'step', 'at', 'episode_ref'] as const;

export type SupportEpisode = {
  readonly person: number;
  readonly service: 'TRiM' | 'Occupational health';
  readonly firstDay: number;
  readonly taken: boolean;
  /** Planted chance of taking the offer up; null for a referral. */
  readonly chance: number | null;
  readonly steps: readonly { readonly step: string; readonly day: number }[];
};

type Step = SupportEpisode['steps'][number];

/** First day on which TRiM was offered in another way; null in a force too short to have a time before. */
export function offerChangedOn(options: ForceOptions): number | null {
  const { firstDay, lastDay } = periodOf(options);
  const day = monthsBefore(lastDay, planted.support.change.months);
  return day - firstDay < leastDaysBefore ? null : day;
}

const leastDaysBefore = 180;

/** Everybody in turn, and each person's episodes by day. */
export function* supportEpisodes(options: ForceOptions, people: readonly SyntheticPerson[]): Generator<SupportEpisode> {
  const random = randomStream(options.seed, 'support');
  const { firstDay, lastDay } = periodOf(options);
  const { offersPerYear, referralsPerYear, uptakeIntercept, uptakeShift, medianWaitDays, neverContactedShare } =
    planted.support;
  const changedOn = offerChangedOn(options) ?? Number.POSITIVE_INFINITY;
  const shifts: Partial<Record<RoleName, number>> = uptakeShift;
  for (const [index, person] of people.entries()) {
    const from = Math.max(firstDay, person.serviceStartDay);
    const to = Math.min(lastDay, person.serviceEndDay ?? lastDay);
    const years = Math.max(0, to - from + 1) / 365.25;
    const days = (perYear: number) =>
      Array.from({ length: poisson(random, perYear * years) }, () => from + random.nextBelow(to - from + 1)).sort(
        (a, b) => a - b,
      );
    const kept = (steps: readonly Step[]) => steps.filter(({ day }) => day <= to);
    for (const day of days(offersPerYear)) {
      const change = day >= changedOn ? planted.support.change.logOdds : 0;
      const chance = 1 / (1 + Math.exp(-(uptakeIntercept + (shifts[person.role] ?? 0) + change)));
      const taken = random.nextUniform() < chance;
      const contacted = day + 1 + random.nextBelow(10);
      const engaged = contacted + 3 + random.nextBelow(12);
      const goesOn = random.nextUniform();
      const steps = taken
        ? [
            { step: 'offered', day },
            { step: 'contacted', day: contacted },
            ...(goesOn < 0.8 ? [{ step: 'engaged', day: engaged }] : []),
            ...(goesOn < 0.55 ? [{ step: 'completed', day: engaged + 28 + random.nextBelow(40) }] : []),
          ]
        : [
            { step: 'offered', day },
            ...(goesOn < 0.5 ? [{ step: 'declined', day: day + 1 + random.nextBelow(14) }] : []),
          ];
      yield { person: index, service: 'TRiM', firstDay: day, taken, chance, steps: kept(steps) };
    }
    for (const day of days(referralsPerYear)) {
      const never = random.nextUniform() < neverContactedShare;
      const contacted = day + Math.ceil((medianWaitDays - 0.5) * Math.exp(0.7 * normal(random)));
      const missed = random.nextUniform() < 0.08;
      const steps = [
        { step: 'referred', day },
        ...(missed ? [{ step: 'missed', day: day + 5 }] : []),
        ...(never ? [] : [{ step: 'contacted', day: contacted }]),
      ];
      yield {
        person: index,
        service: 'Occupational health',
        firstDay: day,
        taken: !never,
        chance: null,
        steps: kept(steps),
      };
    }
  }
}

export function supportRows(
  episode: SupportEpisode,
  person: SyntheticPerson,
  number: number,
): readonly (readonly string[])[] {
  const ref = `SYN-S${String(number).padStart(6, '0')}`;
  return episode.steps.map(({ step, day }, at) => [
    person.ref,
    episode.service,
    step,
    wallTime(day * 86_400 + (10 + at) * 3_600),
    ref,
  ]);
}

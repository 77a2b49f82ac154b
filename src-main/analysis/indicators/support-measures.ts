import { kaplanMeier } from '#main/stats/survival/kaplan-meier.ts';
import { survivalQuantile } from '#main/stats/survival/survival-quantile.ts';
import { tooRecent } from './exposure-measures.ts';
import { byMonth, type MeasureData, notHeld, type SupportStep } from './measure-data.ts';
import { notMeasured, type RawPoint, type RawSeries, shareOfPeople } from './point.ts';

type Course = { readonly person: number; readonly days: ReadonlyMap<string, number> };

/** First day of each step of each course of support. */
function coursesOf(steps: readonly SupportStep[]): Course[] {
  const courses = new Map<string, { readonly person: number; readonly days: Map<string, number> }>();
  for (const { person, episode, step, day } of steps) {
    const key = `${person} ${episode}`;
    const course = courses.get(key) ?? { person, days: new Map<string, number>() };
    courses.set(key, course);
    course.days.set(step, Math.min(day, course.days.get(step) ?? day));
  }
  return [...courses.values()];
}

/** Days from referral to first contact; who has not been contacted by the day asked about is censored there. */
export function referralToContact(data: MeasureData): RawSeries {
  const steps = data.support();
  if (!steps) return notHeld('steps of support');
  const referrals = coursesOf(steps).flatMap(({ person, days }) => {
    const day = days.get('referred');
    if (day === undefined) return [];
    const contact = days.get('contacted') ?? days.get('engaged');
    return [{ person, day, contact: contact === undefined || contact < day ? null : contact }];
  });
  if (referrals.length === 0) return { notMeasurable: 'The support extract names no referrals.' };
  return byMonth(data.months, referrals).map((month) => medianWait(month, data.asOfDay));
}

function medianWait(
  referrals: readonly { readonly person: number; readonly day: number; readonly contact: number | null }[],
  asOfDay: number,
): RawPoint {
  if (referrals.length === 0) return notMeasured('Nobody was referred in the month.');
  const contacted = referrals.filter(({ contact }) => contact !== null && contact <= asOfDay);
  const ends = (one: (typeof referrals)[number]): number => Math.min(one.contact ?? asOfDay, asOfDay);
  const curve = kaplanMeier(
    { time: Float64Array.from(referrals, (one) => ends(one) - one.day), entry: null },
    Float64Array.from(referrals, ({ contact }) => (contact !== null && contact <= asOfDay ? 1 : 0)),
  );
  const median = survivalQuantile(curve.time, curve.survival, 0.5);
  const people = new Set(referrals.map(({ person }) => person)).size;
  if (Number.isNaN(median)) return notMeasured('Fewer than half of those referred in the month had been contacted.');
  return { numerator: contacted.length, denominator: referrals.length, value: median, reason: null, people: [people] };
}

/** People offered support in each month, and those who took it up within so many days. */
export function offerUptake(data: MeasureData, days: number): RawSeries {
  const steps = data.support();
  if (!steps) return notHeld('steps of support');
  const offers = coursesOf(steps).flatMap(({ person, days: dayOf }) => {
    const day = dayOf.get('offered');
    if (day === undefined) return [];
    const taken = ['contacted', 'engaged', 'completed'].some((step) => {
      const at = dayOf.get(step);
      return at !== undefined && at >= day && at <= day + days;
    });
    return [{ person, day, taken }];
  });
  if (offers.length === 0)
    return { notMeasurable: 'The support extract names no offers: nobody knows who was offered what.' };
  return byMonth(data.months, offers).map((month, at) => {
    if ((data.months[at]?.lastDay ?? 0) + days > data.asOfDay) return tooRecent(days);
    const people = new Set(month.map(({ person }) => person));
    const took = new Set(month.flatMap(({ person, taken }) => (taken ? [person] : [])));
    return shareOfPeople(took.size, people.size, 'Nobody was offered support in the month.');
  });
}

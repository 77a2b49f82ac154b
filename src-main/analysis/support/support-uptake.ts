import { dayOfIso, isoOfDay, monthOfDay } from '#shared/domain/dates.ts';
import type { StaffMember } from '../absence/staff-timeline.ts';
import { compareCodePoints } from '../exposure/person-frame.ts';
import { type ChangeInOffer, changeInOffer } from './change.ts';
import { isEnough } from './counts.ts';
import { type Course, coursesOf, firstStarted, type StartedCourse, type SupportRow } from './courses.ts';
import { type FunnelStep, funnelOf } from './funnel.ts';
import { groupOfCourse } from './groups.ts';
import { groupsShown, type RowsToShow, type UptakeByGroup, uptakeByGroup } from './missed.ts';
import type { SupportUptakeSpec } from './spec.ts';
import { type PeriodCost, type ServiceTerms, type ServiceUsage, usageOf } from './usage.ts';
import { type TimeToContact, timeToContact, waitsOf } from './wait.ts';

export type SupportUptakeInput = {
  /** Ascending by pseudonym. */
  readonly members: readonly StaffMember[];
  /** Of members only. */
  readonly rows: readonly SupportRow[];
  /** Last day known. */
  readonly untilDay: number;
  readonly spec: SupportUptakeSpec;
  /** What the force offers and what it costs, where it says so. */
  readonly directory: readonly ServiceTerms[];
  readonly costs: readonly PeriodCost[];
  readonly rowsToShow: RowsToShow;
};

export type ServiceUptake = {
  readonly service: string;
  /** People offered it or referred to it in the period and followed for as long as asked; null where few. */
  readonly people: number | null;
  readonly funnel: readonly FunnelStep[];
  readonly wait: TimeToContact | null;
  readonly groups: readonly UptakeByGroup[];
  readonly usage: ServiceUsage;
};

export type SupportUptake = {
  readonly period: { readonly from: string; readonly to: string; readonly until: string };
  /** Last day on which an offer could be made and still be followed for as long as all are. */
  readonly lastStart: string;
  readonly followDays: number;
  readonly minimum: number;
  readonly services: readonly ServiceUptake[];
  readonly change: ChangeInOffer | null;
  readonly definitions: Readonly<Record<string, string>>;
};

const definitions = {
  people:
    'Each person counts once for a service, with the first course that started in the period while they were in post.',
  started: 'Offered it or referred to it, whichever came first.',
  contacted: 'First contact on or after the start, or a later step that implies one.',
  uptake: 'Share of those who started who were contacted within the days that all are followed.',
  wait: 'Days from the start to the first contact; leaving the force first is the competing risk, and who still waits on the last day known is censored.',
  ratio: 'Uptake in a group over that in the rest of the force, or in the reference named.',
  usage:
    'Courses with their first contact in the period, by month, over the capacity of the directory; costs of the costs extract, else of the directory.',
  expected: 'The straight line of the months before the change, carried on.',
} as const;

/** How support was offered and taken up in a period, how long it took, who is missed, and how it moved when the offer changed. */
export function supportUptake(input: SupportUptakeInput): SupportUptake {
  const { spec, rows, members, untilDay } = input;
  const fromDay = dayOfIso(spec.from) ?? 0;
  const toDay = dayOfIso(spec.to) ?? 0;
  const courses = coursesOf(rows, untilDay);
  const services = [...new Set(courses.map(({ service }) => service))]
    .filter((service) => spec.service === null || service === spec.service)
    .sort(compareCodePoints);
  const lastStartDay = Math.min(toDay, untilDay - spec.followDays);
  return {
    period: { from: spec.from, to: spec.to, until: isoOfDay(untilDay) },
    lastStart: isoOfDay(lastStartDay),
    followDays: spec.followDays,
    minimum: spec.minimum,
    services: services.map((service) =>
      serviceUptake(
        service,
        courses.filter((course) => course.service === service),
        { ...input, fromDay, toDay, lastStartDay },
      ),
    ),
    change:
      spec.change === null
        ? null
        : changeInOffer({ courses, members, change: spec.change, fromDay, toDay, untilDay, minimum: spec.minimum }),
    definitions,
  };
}

type InPeriod = SupportUptakeInput & {
  readonly fromDay: number;
  readonly toDay: number;
  readonly lastStartDay: number;
};

function serviceUptake(service: string, courses: readonly Course[], input: InPeriod): ServiceUptake {
  const { spec, members, fromDay, lastStartDay, rowsToShow } = input;
  const { minimum, followDays } = spec;
  const started = firstStarted(courses, members, fromDay, lastStartDay);
  const groupings = spec.by.map((by) => {
    const groupOf = groupOfCourse(by, members, fromDay);
    const wanted = spec.reference[by] ?? null;
    return { groupOf, found: uptakeByGroup(started, { by, groupOf, wanted, followDays, minimum, rowsToShow }) };
  });
  const followed = followedForWait(started, courses, input);
  const funnel = funnelOf({ courses, started, fromDay, toDay: lastStartDay, followDays, minimum });
  const waits = waitsOf(followed, members, input.untilDay);
  return {
    service,
    people: started.length >= minimum ? started.length : null,
    funnel,
    wait: timeToContact(
      waits,
      minimum,
      groupings.map(({ groupOf, found }) => {
        const shown = groupsShown(found);
        const named = followed.map((course) => groupOf(course));
        return { by: found.by, groupOf: (place) => (shown.has(named[place] ?? '') ? (named[place] ?? null) : null) };
      }),
    ),
    groups: groupings.map(({ found }) => found),
    usage: usageOf({
      ...{ service, courses, funnel, fromDay, minimum, costs: input.costs },
      terms: input.directory.find((terms) => terms.service === service) ?? null,
      toDay: Math.min(input.toDay, input.untilDay),
      monthNames: monthsOf(fromDay, input.toDay),
    }),
  };
}

/**
 * Everybody who started in the period, however lately: who still waits is censored. Where the late ones are few, their number would
 * follow from this and the funnel, and they are left out here too.
 */
function followedForWait(
  started: readonly StartedCourse[],
  courses: readonly Course[],
  { members, fromDay, toDay, untilDay, spec }: InPeriod,
): readonly StartedCourse[] {
  const all = firstStarted(courses, members, fromDay, Math.min(toDay, untilDay));
  return isEnough(all.length - started.length, spec.minimum) ? all : started;
}

function monthsOf(fromDay: number, toDay: number): ReadonlySet<string> {
  return new Set(Array.from({ length: toDay - fromDay + 1 }, (_, at) => monthOfDay(fromDay + at)));
}

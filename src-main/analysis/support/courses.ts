import type { supportSteps } from '#shared/domain/extract-kinds/support.ts';
import type { StaffMember } from '../absence/staff-timeline.ts';
import { compareCodePoints } from '../exposure/person-frame.ts';

export type SupportStep = (typeof supportSteps)[number];

/** A step of a course of support; `member` is an index into the members. */
export type SupportRow = {
  readonly member: number;
  readonly service: string;
  readonly episode: string;
  readonly step: SupportStep;
  readonly day: number;
};

/** A course of support by the days of its steps; it starts with the offer or the referral, whichever came first. */
export type Course = {
  readonly member: number;
  readonly service: string;
  readonly episode: string;
  readonly eligibleDay: number | null;
  readonly startDay: number | null;
  readonly offered: boolean;
  readonly referred: boolean;
  /** First contact, or a later step that implies one, on or after the start; null where there is none. The next two likewise. */
  readonly contactDay: number | null;
  readonly engagedDay: number | null;
  readonly completedDay: number | null;
  readonly declinedDay: number | null;
  readonly missedDay: number | null;
};

export type StartedCourse = Course & { readonly startDay: number };

/** The courses of each person and service, from steps up to a day. */
export function coursesOf(rows: readonly SupportRow[], untilDay: number): Course[] {
  const courses = new Map<string, { readonly row: SupportRow; readonly days: Map<SupportStep, number> }>();
  for (const row of rows) {
    if (row.day > untilDay) continue;
    const key = `${row.member}\n${row.service}\n${row.episode}`;
    const course = courses.get(key) ?? { row, days: new Map<SupportStep, number>() };
    courses.set(key, course);
    course.days.set(row.step, Math.min(row.day, course.days.get(row.step) ?? row.day));
  }
  return [...courses.values()].map(({ row, days }) => courseOf(row, days));
}

function courseOf({ member, service, episode }: SupportRow, days: ReadonlyMap<SupportStep, number>): Course {
  const startDay = earliest([days.get('offered'), days.get('referred')]);
  const after = (...steps: readonly SupportStep[]): number | null =>
    earliest(steps.map((step) => days.get(step)).filter((day) => day !== undefined && day >= (startDay ?? day)));
  return {
    member,
    service,
    episode,
    eligibleDay: days.get('eligible') ?? null,
    startDay,
    offered: days.has('offered'),
    referred: days.has('referred'),
    contactDay: after('contacted', 'engaged', 'completed'),
    engagedDay: after('engaged', 'completed'),
    completedDay: after('completed'),
    declinedDay: after('declined'),
    missedDay: after('missed'),
  };
}

function earliest(days: readonly (number | undefined)[]): number | null {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? null : Math.min(...known);
}

/** Who was in post on the day that a course started. */
function inPost({ serviceStart, serviceEnd }: StaffMember, day: number): boolean {
  return (serviceStart === null || serviceStart <= day) && (serviceEnd === null || day <= serviceEnd);
}

/**
 * The first course of each person that started between two days, both included, while they were in post; by person. People, not
 * courses, are counted throughout, so that nobody who was offered much weighs more.
 */
export function firstStarted(
  courses: readonly Course[],
  members: readonly StaffMember[],
  fromDay: number,
  toDay: number,
): StartedCourse[] {
  const first = new Map<number, StartedCourse>();
  for (const course of courses) {
    const { startDay, member } = course;
    const person = members[member];
    if (startDay === null || startDay < fromDay || startDay > toDay || !person || !inPost(person, startDay)) continue;
    const known = first.get(member);
    if (!known || comesBefore(course, startDay, known)) first.set(member, { ...course, startDay });
  }
  return [...first.values()].sort((a, b) => a.member - b.member);
}

function comesBefore(course: Course, startDay: number, known: StartedCourse): boolean {
  return (
    startDay < known.startDay || (startDay === known.startDay && compareCodePoints(course.episode, known.episode) < 0)
  );
}

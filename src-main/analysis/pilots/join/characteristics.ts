import { civilOfDay } from '#shared/domain/dates.ts';
import { groupReader, unknownGroup } from '../../absence/groups.ts';
import type { AbsenceGrouping } from '../../absence/spec.ts';
import { postSegments, type StaffMember } from '../../absence/staff-timeline.ts';
import type { Participant } from './records.ts';

/** Somebody on the day from which the pilot counts for them, before it can have changed anything. */
export type PersonOnDay = {
  readonly participant: Pick<Participant, 'cluster' | 'stratum'>;
  /** Null where HR has nobody of that pseudonym. */
  readonly member: StaffMember | null;
  readonly day: number;
};

type Reader<Value> = (person: PersonOnDay) => Value | null;

const daysPerYear = 365.25;

const groupings: Readonly<Record<string, AbsenceGrouping>> = {
  unit: 'unit',
  role: 'role',
  rank: 'rank',
  workforce: 'workforce',
  workforcetype: 'workforce',
  sex: 'sex',
  ethnicity: 'ethnicity',
  ethnicitygroup: 'ethnicity',
  ageband: 'age-band',
};

const ofTheEnrolment: Readonly<Record<string, 'cluster' | 'stratum'>> = { cluster: 'cluster', stratum: 'stratum' };

const numbers: Readonly<Record<string, Reader<number>>> = {
  age: ({ member, day }) => (member?.birthYear == null ? null : civilOfDay(day).year - member.birthYear),
  service: yearsOfService,
  serviceyears: yearsOfService,
  fte: ({ member, day }) => (member === null ? null : (postSegments(member, day, day)[0]?.fte ?? null)),
};

function yearsOfService({ member, day }: PersonOnDay): number | null {
  return member?.serviceStart == null ? null : (day - member.serviceStart) / daysPerYear;
}

/** `Ethnicity group`, `ethnicity_group` → `ethnicitygroup`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

/** A covariate of the plan, as the extracts of HR and the enrolments have it; null where neither has it. */
export function covariateNamed(name: string): Reader<number | string> | null {
  return numbers[plainName(name)] ?? groupNamed(name);
}

/** The same in groups. */
export function groupNamed(name: string): Reader<string> | null {
  const plain = plainName(name);
  const enrolment = ofTheEnrolment[plain];
  if (enrolment) return ({ participant }) => participant[enrolment];
  if (plain === 'service' || plain === 'serviceyears') return (person) => serviceBand(yearsOfService(person));
  const grouping = plain === 'age' ? 'age-band' : groupings[plain];
  if (!grouping) return null;
  return ({ member, day }) => {
    const post = member === null ? undefined : postSegments(member, day, day)[0];
    if (member === null || post === undefined) return null;
    const group = groupReader(grouping, day)(member, post);
    return group === unknownGroup ? null : group;
  };
}

function serviceBand(years: number | null): string | null {
  if (years === null) return null;
  if (years < 5) return 'under 5 years';
  return years < 15 ? '5 to 14 years' : '15 years and over';
}

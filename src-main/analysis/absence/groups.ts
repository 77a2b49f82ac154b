import { civilOfDay } from '#shared/domain/dates.ts';
import type { AbsenceGrouping } from './spec.ts';
import type { PostSegment, StaffMember } from './staff-timeline.ts';

export const unknownGroup = 'UNKNOWN';
export const wholeForce = 'All';

/** Ten-year bands by the age reached in the year of the first day: only the year of birth is held. */
function ageBand(birthYear: number | null, fromDay: number): string {
  if (birthYear === null) return unknownGroup;
  const age = civilOfDay(fromDay).year - birthYear;
  if (age < 25) return 'under 25';
  if (age >= 55) return '55 and over';
  const from = Math.floor((age - 25) / 10) * 10 + 25;
  return `${from} to ${from + 9}`;
}

/** The group of a person while in a post. What HR has once for a person holds for the whole period. */
export function groupReader(by: AbsenceGrouping, fromDay: number): (member: StaffMember, post: PostSegment) => string {
  switch (by) {
    case 'force':
      return () => wholeForce;
    case 'unit':
      return (_member, post) => post.unit;
    case 'role':
      return (_member, post) => post.role;
    case 'rank':
      return (member) => member.rank ?? unknownGroup;
    case 'workforce':
      return (member) => member.workforce ?? unknownGroup;
    case 'sex':
      return (member) => member.sex ?? unknownGroup;
    case 'ethnicity':
      return (member) => member.ethnicity ?? unknownGroup;
    case 'age-band':
      return (member) => ageBand(member.birthYear, fromDay);
  }
}

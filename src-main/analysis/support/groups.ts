import { groupReader, unknownGroup } from '../absence/groups.ts';
import { postSegments, type StaffMember } from '../absence/staff-timeline.ts';
import type { StartedCourse } from './courses.ts';
import type { SupportGrouping } from './spec.ts';

const readAs = {
  role: 'role',
  unit: 'unit',
  rank: 'rank',
  workforce_type: 'workforce',
  sex: 'sex',
  ethnicity_group: 'ethnicity',
  age_band: 'age-band',
} as const;

/** The group that a person was in on the day that the course started; age is that reached in the year of the first day. */
export function groupOfCourse(
  by: SupportGrouping,
  members: readonly StaffMember[],
  fromDay: number,
): (course: StartedCourse) => string {
  const read = by === 'part_time' ? null : groupReader(readAs[by], fromDay);
  return ({ member, startDay }) => {
    const person = members[member];
    const post = person ? postSegments(person, startDay, startDay)[0] : undefined;
    if (!person || !post) return unknownGroup;
    if (read !== null) return read(person, post) || unknownGroup;
    return post.fte < 1 ? 'part-time' : 'full-time';
  };
}

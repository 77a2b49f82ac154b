import { civilOfDay } from '#shared/domain/dates.ts';
import type { StaffMember } from '../../absence/staff-timeline.ts';
import type { GroupOfLandmarks } from '../landmark-table.ts';
import type { Post } from './posts.ts';

const notKnown = 255;
const ageBands = ['under 30', '30 to 39', '40 to 49', '50 and over'] as const;

/** By the age reached in the year: only the year of birth is held. */
function ageBand(birthYear: number | null, day: number): string | null {
  if (birthYear === null) return null;
  const decade = Math.floor((civilOfDay(day).year - birthYear) / 10);
  return ageBands[Math.min(Math.max(decade - 2, 0), 3)] ?? null;
}

export type GroupedPerson = { readonly member: StaffMember; readonly day: number; readonly post: Post };

const characteristics: readonly {
  readonly name: GroupOfLandmarks['name'];
  /** In the order in which they are told; null for that of the alphabet. */
  readonly order: readonly string[] | null;
  readonly of: (person: GroupedPerson) => string | null;
}[] = [
  { name: 'sex', order: null, of: ({ member }) => member.sex },
  { name: 'ethnicity', order: null, of: ({ member }) => member.ethnicity },
  { name: 'ageBand', order: ageBands, of: ({ member, day }) => ageBand(member.birthYear, day) },
  { name: 'rank', order: null, of: ({ member }) => member.rank },
  { name: 'role', order: null, of: ({ post }) => post.role },
  {
    name: 'partTime',
    order: ['full-time', 'part-time'],
    of: ({ post }) => (post.fte === null ? null : post.fte < 1 ? 'part-time' : 'full-time'),
  },
];

/** How each characteristic splits the landmarks; of more than 255 levels the last are as if not known. */
export function groupsOf(landmarks: readonly GroupedPerson[]): GroupOfLandmarks[] {
  return characteristics.map(({ name, order, of }) => {
    const found = landmarks.map(of);
    const present = new Set(found.filter((level) => level !== null && level !== ''));
    const levels = (order?.filter((level) => present.has(level)) ?? [...present].sort()).slice(0, notKnown) as string[];
    const indexOf = new Map(levels.map((level, index) => [level, index]));
    return { name, levels, of: Uint8Array.from(found, (level) => indexOf.get(level ?? '') ?? notKnown) };
  });
}

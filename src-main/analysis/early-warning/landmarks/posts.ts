import type { StaffMember } from '../../absence/staff-timeline.ts';

export function inPostOn({ serviceStart, serviceEnd }: StaffMember, day: number): boolean {
  return (serviceStart ?? day) <= day && (serviceEnd ?? day) >= day;
}

export type Post = { readonly unit: string; readonly role: string; readonly fte: number | null };

/** Unit, role and FTE of a day as the posting that began last has them, else the people extract. */
export function postOn(member: StaffMember, day: number): Post {
  let held: StaffMember['postings'][number] | null = null;
  for (const posting of member.postings) {
    if (posting.fromDay > day || (posting.toDay !== null && posting.toDay < day)) continue;
    if (held === null || posting.fromDay >= held.fromDay) held = posting;
  }
  return { unit: held?.unit ?? member.unit, role: held?.role ?? member.role, fte: held?.fte ?? member.fte };
}

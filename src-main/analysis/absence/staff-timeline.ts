import { latestHolds } from './latest-holds.ts';

/** A person as HR has them. Days are day numbers; null is open or not recorded. */
export type StaffMember = {
  readonly pseudonym: string;
  readonly unit: string;
  readonly role: string;
  readonly rank: string | null;
  readonly workforce: string | null;
  readonly sex: string | null;
  readonly ethnicity: string | null;
  readonly birthYear: number | null;
  readonly serviceStart: number | null;
  readonly serviceEnd: number | null;
  readonly fte: number | null;
  readonly postings: readonly StaffPosting[];
};

export type StaffPosting = {
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly unit: string;
  readonly role: string;
  readonly fte: number | null;
};

/** Days in service on which nothing about the post changes; both ends included. */
export type PostSegment = {
  readonly fromDay: number;
  readonly toDay: number;
  readonly unit: string;
  readonly role: string;
  /** Full-time equivalent; 1 where neither posting nor person has one. */
  readonly fte: number;
};

/**
 * The posts of a person over a stretch of days. Unit, role and FTE of a day are those of the posting that began last; a day in
 * service without a posting, and an FTE that a posting leaves out, are those of the people extract.
 */
export function postSegments(member: StaffMember, fromDay: number, toDay: number): PostSegment[] {
  const first = Math.max(fromDay, member.serviceStart ?? fromDay);
  const last = Math.min(toDay, member.serviceEnd ?? toDay);
  return latestHolds(member.postings, first, last).map((held) => {
    const posting = member.postings[held.span];
    return {
      fromDay: held.fromDay,
      toDay: held.toDay,
      unit: posting?.unit ?? member.unit,
      role: posting?.role ?? member.role,
      fte: posting?.fte ?? member.fte ?? 1,
    };
  });
}

import { taggedWith, untagged } from '../readiness.ts';
import type { DecisionRecord, RequestRecord } from '../records.ts';

/** A request that waits for somebody, with what it asks for taken apart; all in lower case but what is shown. */
export type OpenRequest = {
  readonly record: RequestRecord;
  readonly waitingDays: number;
  readonly area: string | null;
  readonly languages: readonly string[];
  readonly shifts: readonly string[];
  /** Bases from which nobody may be sent. */
  readonly conflicts: readonly string[];
  /** Plain needs, as skills would cover them. */
  readonly needs: readonly string[];
};

/** Statuses after which nobody is looked for; every other, or none, leaves a request open while it has no answer. */
const endedStatuses: ReadonlySet<string> = new Set(['closed', 'completed', 'withdrawn', 'cancelled']);
const answeredStatuses: ReadonlySet<string> = new Set(['matched', 'answered', 'responded']);

export function lowered(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim().toLowerCase());
}

/** Whether nothing more comes of a request, so that it holds no place either. */
export function hasEnded({ status }: RequestRecord): boolean {
  return endedStatuses.has((status ?? '').trim().toLowerCase());
}

/** The newest decision of each request and volunteer. */
export function decisionsThatHold<Decision extends DecisionRecord>(decisions: readonly Decision[]): Decision[] {
  return [...new Map(decisions.map((one) => [JSON.stringify([one.request, one.volunteer]), one])).values()];
}

/** Requests without an answer, an end and an accepted match, the longest wait first. @param decisions those that hold */
export function openRequests(
  requests: readonly RequestRecord[],
  decisions: readonly DecisionRecord[],
  asOfDay: number,
): OpenRequest[] {
  const accepted = new Set(decisions.filter(({ decision }) => decision === 'accepted').map(({ request }) => request));
  return requests
    .filter((record) => record.respondedAt === null && !hasEnded(record) && !accepted.has(record.ref))
    .filter(({ status }) => !answeredStatuses.has((status ?? '').trim().toLowerCase()))
    .map((record) => ({
      record,
      waitingDays: Math.max(0, asOfDay - record.day),
      area: record.area?.trim().toLowerCase() ?? null,
      languages: lowered(taggedWith(record.needs, 'language:')),
      shifts: lowered(taggedWith(record.needs, 'shift:')),
      conflicts: lowered(taggedWith(record.needs, 'conflict:')),
      needs: lowered(untagged(record.needs)),
    }));
}

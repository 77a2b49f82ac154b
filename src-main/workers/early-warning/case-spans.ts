import type { CaseSpan } from '#main/analysis/early-warning/landmarks/history.ts';
import { listCaseEvents, listCases } from '#main/store/case-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { londonDay } from '#shared/domain/dates.ts';

const dayOf = (instant: string): number => londonDay(Math.floor(Date.parse(instant) / 1_000));

/** Days on which a case was open, by pseudonym. Only when it was opened, closed and reopened is read: nothing sealed. */
export function caseSpansByPerson(connection: Connection): ReadonlyMap<string, readonly CaseSpan[]> {
  const personOf = new Map(listCases(connection).map(({ id, person }) => [id, person]));
  const spansOf = new Map<number, CaseSpan[]>();
  for (const { caseId, kind, decision, at } of listCaseEvents(connection)) {
    const spans = spansOf.get(caseId) ?? [];
    spansOf.set(caseId, spans);
    const last = spans.at(-1);
    const isOpen = last !== undefined && last.toDay === null;
    if (!isOpen && (kind === 'opened' || kind === 'reopened')) spans.push({ fromDay: dayOf(at), toDay: null });
    if (isOpen && kind === 'decision' && decision === 'close') {
      spans[spans.length - 1] = { ...last, toDay: dayOf(at) };
    }
  }
  const byPerson = new Map<string, CaseSpan[]>();
  for (const [caseId, spans] of spansOf) {
    const person = personOf.get(caseId);
    if (person !== undefined) byPerson.set(person, [...(byPerson.get(person) ?? []), ...spans]);
  }
  return byPerson;
}

import { type CaseState, caseState } from '#main/analysis/cases/case-state.ts';
import type { Opener } from '#main/crypto/seal.ts';
import {
  type CaseEventRecord,
  type CaseRecord,
  caseEventsOf,
  casesOf,
  findCase,
  listCaseEvents,
  listCases,
} from '#main/store/case-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { contexts, openContent } from './clinic.ts';
import { type EventContent, eventContentSchema } from './contents.ts';
import { placeName, type SafetyCase, type SafetyCases } from './safety.ts';

export type HeldCase = CaseRecord & { readonly events: readonly CaseEventRecord[]; readonly state: CaseState };

function held(record: CaseRecord, events: readonly CaseEventRecord[]): HeldCase {
  return { ...record, events, state: caseState(events) };
}

export function heldCases(connection: Connection): HeldCase[] {
  const byCase = new Map<number, CaseEventRecord[]>();
  for (const event of listCaseEvents(connection)) {
    const list = byCase.get(event.caseId);
    if (list) list.push(event);
    else byCase.set(event.caseId, [event]);
  }
  return listCases(connection).map((record) => held(record, byCase.get(record.id) ?? []));
}

export function heldCase({ vault }: VaultContext, id: number): Result<HeldCase> {
  const { connection } = vault.store;
  const record = findCase(connection, id);
  if (!record)
    return fail('NOT_FOUND', `There is no case ${id}.`, 'Nothing was changed. Choose one from the worklist.');
  return ok(held(record, caseEventsOf(connection, id)));
}

/** The open case of a pseudonym, or null. */
export function openCaseOf(connection: Connection, person: string): HeldCase | null {
  const cases = casesOf(connection, person).map((record) => held(record, caseEventsOf(connection, record.id)));
  return cases.find(({ state }) => state.state === 'open') ?? null;
}

export function openCaseNumbers(cases: readonly HeldCase[]): ReadonlyMap<string, number> {
  return new Map(cases.filter(({ state }) => state.state === 'open').map(({ person, id }) => [person, id]));
}

export function eventContent(opener: Opener, event: CaseEventRecord): EventContent {
  return openContent(opener, event.box, contexts.event, eventContentSchema) ?? {};
}

/** Which safety answers and pseudonyms belong to which cases. */
export function safetyCasesOf(opener: Opener, cases: readonly HeldCase[]): SafetyCases {
  const ofAnswer = new Map<string, SafetyCase>();
  const ofPerson = new Map<string, number>();
  for (const { id, person, events, state } of cases) {
    if (state.state === 'open' || !ofPerson.has(person)) ofPerson.set(person, id);
    for (const event of events) {
      if (event.kind !== 'opened' && event.kind !== 'referral') continue;
      const { safety } = eventContent(opener, event);
      if (safety) ofAnswer.set(placeName(safety), { case: id, person });
    }
  }
  return { ofAnswer, ofPerson };
}

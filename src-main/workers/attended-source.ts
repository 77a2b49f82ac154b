import { type AttendedIncidents, directKey, roleMarks } from '#main/analysis/exposure/attended-incidents.ts';
import { type CompiledRules, compileCodeRules } from '#main/analysis/exposure/code-rules.ts';
import { holdsAttendances, readAttendanceColumns } from '#main/store/attendance-columns.ts';
import { currentCodeRules } from '#main/store/code-rules-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { layoutKinds } from '#main/store/extract-layout.ts';
import { packedSource } from '#main/store/packed-cache.ts';
import { readPeople, type StoredPerson } from '#main/store/people-records.ts';
import { type CodeRules, codeRulesSchema } from '#shared/contract/code-rules.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { ExpectedError } from '#shared/domain/result.ts';

const categoryNumbers = new Map<string, number>(exposureCategories.map(({ code }, index) => [code, index]));

/** Index of each person by id, in the order given. */
export function indexById(people: readonly StoredPerson[]): Uint32Array {
  const index = new Uint32Array(people.reduce((most, person) => Math.max(most, person.id), 0) + 1);
  people.forEach((person, at) => {
    index[person.id] = at;
  });
  return index;
}

export function compiled(document: CodeRules): CompiledRules {
  const rules = compileCodeRules(document);
  if (rules.ok) return rules.value;
  const { code, message, hint, params } = rules.error;
  throw new ExpectedError(code, message, hint, params);
}

/** The rules in force; without any every code is unmapped. */
export function rulesInForce(connection: Connection): CompiledRules {
  const current = currentCodeRules(connection);
  return compiled(current === null ? { rules: [] } : codeRulesSchema.parse(JSON.parse(current.body)));
}

/** Incidents and attendances as they were read for one state of the store; reading them takes the longest of all. */
export type AttendedSource = { readonly source: string; readonly attended: AttendedIncidents };

/** Any batch may add people, and with them change their order. */
export function attendedSourceName(connection: Connection): string {
  return packedSource(connection, layoutKinds);
}

/** Null where no attendances are held. */
export function readAttended(
  connection: Connection,
  people: readonly StoredPerson[] = readPeople(connection),
): AttendedIncidents | null {
  if (!holdsAttendances(connection)) return null;
  return readAttendanceColumns(connection, {
    personIndex: indexById(people),
    persons: people.length,
    roleMarks,
    categoryNumber: (code) => categoryNumbers.get(code) ?? -1,
    directKey,
  });
}

import type { FamilyRow } from '#main/analysis/families/family-answers.ts';
import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import type { StoredFamilyRow } from '#main/store/family-records.ts';
import { familyMembers } from '#shared/domain/family-impact.ts';

type KeptScores = { readonly scales?: Readonly<Record<string, number | null>> };

/** An answer as the analyses have it. @param indexOf how they name a person by the store's number; null for nobody they know */
export function familyRow(row: StoredFamilyRow, indexOf: (person: number) => number | null): FamilyRow {
  const { scores, items, person, partnerPerson } = row;
  const kept = scores === null ? null : (JSON.parse(scores) as KeptScores);
  return {
    ...row,
    member: familyMembers[row.member - 1] ?? 'officer',
    person: person === null ? null : indexOf(person),
    partnerPerson: partnerPerson === null ? null : indexOf(partnerPerson),
    instrument: instrumentNamed(row.instrument)?.code ?? row.instrument,
    scores: kept?.scales ?? {},
    items: items === null ? null : (JSON.parse(items) as readonly (number | null)[]),
  };
}

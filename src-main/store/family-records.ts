import type { Connection } from './connection.ts';

/** One answer of one member of a household. `member` is a place in the closed list, from 1. */
export type StoredFamilyRow = {
  readonly household: string;
  readonly member: number;
  readonly wave: string;
  readonly person: number | null;
  readonly partnerPerson: number | null;
  readonly takenOn: number;
  readonly consentedOn: number;
  readonly withdrawnOn: number | null;
  readonly instrument: string;
  /** JSON of scales as scored on the way in, or null. */
  readonly scores: string | null;
  /** JSON of answers, or null. */
  readonly items: string | null;
};

/** Every answer of families, by household, member, wave and instrument. */
export function readFamilies(connection: Connection): StoredFamilyRow[] {
  return connection
    .prepare<[], StoredFamilyRow>(
      `SELECT household_ref AS household, member, wave.value AS wave, person_id AS person,
         partner_person_id AS partnerPerson, taken_on AS takenOn, consented_on AS consentedOn,
         withdrawn_on AS withdrawnOn, instrument.value AS instrument, scores, items
       FROM families JOIN code AS wave ON wave.id = wave_id JOIN code AS instrument ON instrument.id = instrument_id
       ORDER BY household_ref, member, wave.value, instrument.value, scale_id`,
    )
    .all();
}

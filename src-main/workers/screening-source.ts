import type { ScreeningRecord } from '#main/analysis/screening/screening-summary.ts';
import type { Connection } from '#main/store/connection.ts';
import { readScreenings } from '#main/store/screening-records.ts';

type KeptScores = { readonly scales: ScreeningRecord['scores']; readonly classes: ScreeningRecord['classes'] };

/** Screenings between two days, both included, as they were scored on the way in. */
export function readScreeningRecords(connection: Connection, fromDay: number, toDay: number): ScreeningRecord[] {
  return readScreenings(connection, fromDay, toDay).map((row) => {
    const kept = row.scores === null ? null : (JSON.parse(row.scores) as KeptScores);
    return {
      person: row.person,
      instrument: row.instrument,
      day: row.day,
      completed: row.completed,
      scores: kept?.scales ?? {},
      classes: kept?.classes ?? {},
    };
  });
}

import { absence } from '#main/analysis/absence/absence-result.ts';
import { absenceScript } from '#main/analysis/absence/r-script.ts';
import { absenceWarnings, readAbsence } from '#main/analysis/absence/reading.ts';
import type { AbsenceSpec } from '#main/analysis/absence/spec.ts';
import { suppressList } from '#main/disclosure/suppress-table.ts';
import type { Connection } from '#main/store/connection.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { readStaffSource } from './staff-source.ts';

export function absenceAnswer(connection: Connection, spec: AbsenceSpec): AnalysisAnswer {
  const { members, absences, strangers, held } = readStaffSource(connection, dayOfIso(spec.to) ?? 0);
  const result = absence({
    members,
    absences,
    strangers,
    spec,
    span: held.span,
    mayShow: (groups, counts) => countsToShow(groups, counts, spec.minimum),
  });
  return {
    asOf: spec.to,
    result,
    reading: readAbsence(result, spec),
    warnings: absenceWarnings(result, held, spec),
    coverage: null,
    r: absenceScript(result, spec),
  };
}

/** Counts that are neither few nor could be worked out from the total and the others; none where no choice is safe. */
function countsToShow(rows: readonly string[], counts: readonly number[], threshold: number): boolean[] {
  const checked = suppressList({ rows, counts, threshold });
  return rows.map((_, at) => checked.ok && checked.value.cells[at]?.published === true);
}

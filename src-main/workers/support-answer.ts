import type { SupportRow } from '#main/analysis/support/courses.ts';
import { supportScript } from '#main/analysis/support/r-script.ts';
import { readSupportUptake, supportWarnings } from '#main/analysis/support/reading.ts';
import type { SupportUptakeSpec } from '#main/analysis/support/spec.ts';
import { supportUptake } from '#main/analysis/support/support-uptake.ts';
import type { ServiceTerms } from '#main/analysis/support/usage.ts';
import { rowsOfSafeTable } from '#main/disclosure/safe-rows.ts';
import type { Connection } from '#main/store/connection.ts';
import { readServiceCosts, readSupport } from '#main/store/support-records.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { readMembers } from './staff-source.ts';

/** @param directory what the force offers, as it stands */
export function supportAnswer(
  connection: Connection,
  spec: SupportUptakeSpec,
  directory: readonly ServiceTerms[],
): AnalysisAnswer {
  const until = spec.until ?? spec.to;
  const untilDay = dayOfIso(until) ?? 0;
  const { members, rows, costs, strangers } = readSource(connection, untilDay);
  const rowsToShow = (groups: readonly string[], counts: readonly (readonly number[])[]): readonly boolean[] =>
    rowsOfSafeTable(groups, counts, spec.minimum);
  const result = supportUptake({ members, rows, untilDay, spec, directory, costs, rowsToShow });
  return {
    asOf: until,
    result,
    reading: readSupportUptake(result),
    warnings: supportWarnings(result, { rows: rows.length + strangers, strangers }),
    coverage: null,
    r: supportScript(result, spec),
  };
}

/** Members, the steps of their support, what services cost, and how many people have steps that HR does not know, from one state of the store. */
function readSource(connection: Connection, untilDay: number) {
  return connection.transaction(() => {
    const { members, indexOf } = readMembers(connection);
    const strangers = new Set<number>();
    const rows = readSupport(connection, untilDay).flatMap(({ person, ...row }): SupportRow[] => {
      const member = indexOf.get(person);
      if (member !== undefined) return [{ member, ...row }];
      strangers.add(person);
      return [];
    });
    return { members, rows, costs: readServiceCosts(connection), strangers: strangers.size };
  })();
}

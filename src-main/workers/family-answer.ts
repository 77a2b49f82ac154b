import { coverageOfRows } from '#main/analysis/exposure/packed-exposures.ts';
import { compileScheme, eventWeights } from '#main/analysis/exposure/scheme-weights.ts';
import { recordedDays } from '#main/analysis/exposure/trend/month-states.ts';
import { familyImpact } from '#main/analysis/families/family-impact.ts';
import { familyImpactScript } from '#main/analysis/families/r-script.ts';
import { familyWarnings, readFamilyImpact } from '#main/analysis/families/reading.ts';
import type { FamilyImpactSpec } from '#main/analysis/families/spec.ts';
import { countsApart } from '#main/disclosure/counts-apart.ts';
import { nestedToShow } from '#main/disclosure/nested-counts.ts';
import { suppressList } from '#main/disclosure/suppress-table.ts';
import type { Connection } from '#main/store/connection.ts';
import { readFamilies } from '#main/store/family-records.ts';
import { readPeople } from '#main/store/people-records.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import { indexById } from './attended-source.ts';
import { eventsUpTo, rowsUpToDay } from './exposure-rows.ts';
import type { ExposureSource } from './exposure-source.ts';
import { familyRow } from './family-rows.ts';
import { taken } from './task-failure.ts';

export type FamilyQuestion = { readonly spec: FamilyImpactSpec; readonly scheme: Scheme };

/** Of clinical and family measures, whatever is asked. */
const threshold = 10;

/** What officers' exposure and strain go with in their families; only counts that are safe together leave here. */
export function familyAnswer(
  connection: Connection,
  source: ExposureSource,
  { spec, scheme }: FamilyQuestion,
): AnalysisAnswer {
  const { exposures, people, uncountedUpTo } = source;
  const compiled = taken(compileScheme(scheme));
  const index = indexById(readPeople(connection));
  const found = taken(
    familyImpact({
      rows: readFamilies(connection).map((row) => familyRow(row, (person) => index[person] ?? null)),
      exposure: {
        exposures,
        people,
        weights: compiled.countsOnly ? null : eventWeights(exposures, compiled),
        recorded: recordedDays(rowsUpToDay(source)),
      },
      spec,
      show: countsApart(threshold),
      showNested: (chain) => nestedToShow(chain, threshold),
      showParts: (names, counts) => {
        const checked = suppressList({ rows: names, counts, threshold });
        return names.map((_, at) => checked.ok && checked.value.cells[at]?.published === true);
      },
    }),
  );
  const { result, lastDay } = found;
  return {
    asOf: isoOfDay(lastDay),
    result,
    reading: readFamilyImpact(result),
    warnings: familyWarnings(result, scheme),
    coverage: coverageOfRows(eventsUpTo(exposures, lastDay), uncountedUpTo(lastDay)),
    r: familyImpactScript(found, spec),
  };
}

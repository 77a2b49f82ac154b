import { isoOfDay } from '#shared/domain/dates.ts';
import type { EarlyWarningResult, OutcomeCounts } from '#shared/domain/early-warning.ts';
import type { CaseDefinition } from './case-definition.ts';
import { type CurrentLandmarks, type LandmarkTable, notAssessableReasons, outcomeUnknown } from './landmark-table.ts';
import type { EarlyWarningSpec } from './spec.ts';

/** What a result says of the people and their outcomes, whatever model is made of them. */
type ResultFrame = Pick<
  EarlyWarningResult,
  'instrument' | 'scale' | 'caseWords' | 'horizonDays' | 'assessable' | 'landmarks' | 'waves'
>;

function countsOf(coded: Int8Array, isCounted: (row: number) => boolean): OutcomeCounts {
  let [cases, nonCases, unknown] = [0, 0, 0];
  for (let row = 0; row < coded.length; row += 1) {
    if (!isCounted(row)) continue;
    if (coded[row] === outcomeUnknown) unknown += 1;
    else if (coded[row] === 1) cases += 1;
    else nonCases += 1;
  }
  return { cases, nonCases, unknown };
}

export function resultFrame(
  table: LandmarkTable,
  current: CurrentLandmarks,
  spec: EarlyWarningSpec,
  definition: CaseDefinition,
): ResultFrame {
  const all = (): boolean => true;
  const reasons = notAssessableReasons
    .map(({ reason, words }) => ({
      reason,
      words,
      people: current.notAssessable.filter((entry) => entry.reason === reason).length,
    }))
    .filter(({ people }) => people > 0);
  return {
    instrument: definition.instrument,
    scale: definition.scale,
    caseWords: definition.words,
    horizonDays: spec.horizonDays,
    assessable: { inPost: current.inPost, assessable: current.table.count, reasons },
    landmarks: {
      screenings: table.count,
      ...countsOf(table.outcome, all),
      people: new Set(table.person).size,
      caseness: countsOf(table.caseness, all),
      spell: countsOf(table.spell, all),
    },
    waves: table.waves.map(({ name, firstDay, lastDay }, wave) => ({
      wave: name,
      from: isoOfDay(firstDay),
      to: isoOfDay(lastDay),
      ...countsOf(table.outcome, (row) => table.wave[row] === wave),
    })),
  };
}

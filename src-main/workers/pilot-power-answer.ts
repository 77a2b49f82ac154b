import { pilotPower } from '#main/analysis/pilots/power/pilot-power.ts';
import { readPilotPower } from '#main/analysis/pilots/power/reading.ts';
import type { PilotPowerSpec } from '#main/analysis/pilots/power/spec.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';

/** An answer of no day: nothing of the vault is read. */
export function pilotPowerAnswer(spec: PilotPowerSpec): AnalysisAnswer {
  const result = pilotPower(spec);
  const { warnings, r, ...told } = result;
  return { asOf: '', result: told, reading: readPilotPower(result, spec), warnings, coverage: null, r };
}

import type { CaseDefinition } from '#main/analysis/early-warning/case-definition.ts';
import type { LandmarkRules } from '#main/analysis/early-warning/landmarks/history.ts';
import type { EarlyWarningSpec } from '#main/analysis/early-warning/spec.ts';
import { dayOfIso } from '#shared/domain/dates.ts';

/** How a spec reads a history. */
export function landmarkRules(spec: EarlyWarningSpec, { isCase }: CaseDefinition): LandmarkRules {
  const { horizonDays, spellDays, lagDays } = spec;
  return {
    fromDay: spec.from === null ? null : (dayOfIso(spec.from) ?? 0),
    asOfDay: dayOfIso(spec.asOf) ?? 0,
    horizonDays,
    spellDays,
    lagDays,
    isCase,
  };
}

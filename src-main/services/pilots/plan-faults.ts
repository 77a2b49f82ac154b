import { instrumentNamed } from '#main/analysis/instruments/registry.ts';
import { parsePilotPowerSpec } from '#main/analysis/pilots/power/spec.ts';
import { outcomesOf, type PilotOutcome, type PilotPlan } from '#shared/domain/pilot.ts';
import type { PlanGap } from '#shared/domain/pilot-gaps.ts';

/** What is wrong with an outcome, by the instruments that Tidemark knows; null where nothing is. */
function faultOf({ measure, better }: PilotOutcome): string | null {
  if (measure.of === 'absence') return better === 'low' ? null : 'less absence is the better outcome';
  const definition = instrumentNamed(measure.instrument);
  if (!definition) return `there is no instrument “${measure.instrument}”`;
  const named = measure.scale ?? definition.mainScale;
  if (named === null) return `${definition.code} has no main scale: name one of its scales`;
  const scale = definition.scales.find((candidate) => candidate.scale === named);
  if (!scale) return `${definition.code} has no scale “${named}”`;
  const higherIs = scale.higherIs ?? definition.higherIs;
  const wanted = higherIs === 'better' ? 'high' : 'low';
  return better === wanted ? null : `a ${wanted} score of ${definition.code}, ${named}, is the better one`;
}

/** What stands in a plan and cannot be: it is to be corrected before the plan is locked. */
export function planFaults(plan: PilotPlan): PlanGap[] {
  const faults = outcomesOf(plan).flatMap((outcome, at) => {
    const words = faultOf(outcome);
    if (words === null) return [];
    const isPrimary = plan.primary !== null && at === 0;
    return [{ field: isPrimary ? 'primary' : `secondaries.${plan.primary === null ? at : at - 1}`, words }];
  });
  if (plan.sampleSize?.by === 'power') {
    const spec = parsePilotPowerSpec(plan.sampleSize.spec);
    if (!spec.ok) faults.push({ field: 'sampleSize.spec', words: spec.error.message });
    else if (plan.design !== null && spec.value.design !== plan.design) {
      faults.push({ field: 'sampleSize.spec', words: 'a calculation of the size for the design of this plan' });
    }
  }
  const texts = outcomesOf(plan).map((outcome) => JSON.stringify([outcome.measure, outcome.followUp]));
  const isTwice = new Set(texts).size < texts.length;
  return isTwice ? [...faults, { field: 'secondaries', words: 'each outcome only once' }] : faults;
}

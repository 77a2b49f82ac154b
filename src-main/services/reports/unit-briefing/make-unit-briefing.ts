import { type CountedAs, keyOf } from '#main/disclosure/released-counts.ts';
import type { UnitBriefingSpec } from '#shared/contract/report-specs/unit-briefing.ts';
import { ExpectedError, fail, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../../call-context.ts';
import { serviceList } from '../../support-services/index.ts';
import { absenceWithheld } from '../added/absence-part.ts';
import { peopleAs } from '../counts-to-release.ts';
import { judgeTogether, type ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { standingTogether } from '../standing-together.ts';
import { unitBriefing } from './unit-briefing.ts';
import { absenceOfUnit, unitClinical, unitEvents, unitWorkforce, uptakeOfUnit } from './unit-counts.ts';
import { leastOfUnit, type UnitFacts, unitFacts } from './unit-facts.ts';

const largerUnit =
  'Nothing was written. Choose the larger unit it belongs to, or brief its head from the report of the whole force.';

/**
 * A briefing of a few pages for the head of a unit: its exposure beside the force, days lost, support, and what can be done.
 * @returns DISCLOSURE for a unit too small to be told of, or one whose figures cannot stand beside what was released before
 */
export async function makeUnitBriefing(
  context: VaultContext,
  given: UnitBriefingSpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const found = await unitFacts(context, given);
  if (!found.ok) return found;
  const facts = found.value;
  const { spec, exposure, row } = facts;
  const people = exposure.peopleByUnit[row] ?? 0;
  if (people < leastOfUnit) {
    return fail('DISCLOSURE', `Fewer than ${leastOfUnit} people are in “${spec.unit}” on the last day.`, largerUnit);
  }
  const workforce = await judgedWorkforce(facts, earlier, context.signal);
  const isTold = (as: CountedAs): boolean => workforce?.shown.get(keyOf(as))?.value != null;
  if (
    workforce === null ||
    !isTold(peopleAs({ unit: spec.unit }, spec)) ||
    !isTold(unitEvents({ unit: spec.unit }, facts))
  ) {
    return fail(
      'DISCLOSURE',
      `The figures of “${spec.unit}” cannot stand beside those that were released before: a small number could be worked out.`,
      largerUnit,
    );
  }
  const clinical = await standingTogether(
    { cells: unitClinical(facts), sums: [], threshold: spec.clinicalThreshold },
    earlier.map((release) => release.clinical),
    context.signal,
  );
  const services = serviceList(context);
  if (!services.ok) return services;
  const shown = [...workforce.shown.values()];
  const asked = unitClinical(facts).length;
  const few = absenceWithheld(absenceOfUnit(facts)) + uptakeOfUnit(facts).filter((one) => one.people === null).length;
  return ok({
    spec,
    period: { from: spec.from, to: spec.to },
    document: unitBriefing({
      facts,
      shown: (as) => workforce.shown.get(keyOf(as)) ?? { value: null, reason: 'primary' },
      isHealthTold: clinical !== null,
      services: services.value.services,
    }),
    release: {
      body: {
        workforce: workforce.released,
        clinical: clinical ?? { cells: [], sums: [], threshold: spec.clinicalThreshold },
      },
      counts: shown.length + asked + few,
      withheld: shown.filter(({ value }) => value === null).length + few + (clinical === null ? asked : 0),
    },
    analyses: facts.analyses,
    ...(clinical === null ? { notes: ['Absence and support cannot stand beside what was released before.'] } : {}),
  });
}

/** Null where no choice is safe. */
async function judgedWorkforce(
  facts: UnitFacts,
  earlier: readonly ReleaseBody[],
  signal: AbortSignal,
): Promise<Awaited<ReturnType<typeof judgeTogether>> | null> {
  try {
    return await judgeTogether(
      unitWorkforce(facts),
      earlier.map((release) => release.workforce),
      signal,
    );
  } catch (error) {
    if (error instanceof ExpectedError && error.error.code === 'DISCLOSURE') return null;
    throw error;
  }
}

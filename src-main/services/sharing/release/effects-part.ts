import { z } from 'zod';
import type { AbsenceResult } from '#main/analysis/absence/absence-result.ts';
import type { CountedAs } from '#main/disclosure/released-counts.ts';
import type { ReleaseSpec } from '#shared/contract/release-spec.ts';
import type { BundleBody } from '#shared/domain/bundle.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { definitionOf } from '../definitions.ts';
import { type BundlePart, noCounts, printed } from './bundle-part.ts';

type Effect = BundleBody['effects'][number];

const absenceId = 'effect:absence-spells';
const normal95 = 1.959963984540054;
const perYears = 100;

const absenceDefinition = definitionOf({
  id: absenceId,
  kind: 'effect',
  version: 1,
  says: {
    title: 'Absence spells that began per 100 full-time years in post',
    model: 'Negative binomial with full-time years as offset, one row a person',
    days: 'calendar',
    scale: 'log',
    times: perYears,
  },
});

/** Tells an effect only where every number of people behind it may be told. */
function partOf(
  effect: Effect,
  as: readonly CountedAs[],
  more: Pick<BundlePart, 'definitions' | 'snapshot'>,
): BundlePart {
  return {
    ...more,
    workforce: noCounts,
    clinical: { cells: as.map((one, at) => printed(one, effect.people[at] ?? 0)), sums: [] },
    fill: (_workforce, clinical) => ({
      effects: as.some((one) => clinical(one) === null) ? [] : [effect],
    }),
    coverage: null,
    notes: [],
  };
}

/** How often absence spells begin; a note instead where the model finds nothing that can be told. */
export async function absencePart(context: VaultContext, { from, to }: ReleaseSpec): Promise<Result<BundlePart>> {
  const answer = await runAnalysis(context, 'absence', { from, to });
  if (!answer.ok) return answer;
  const { rates, ratesOmitted, people } = answer.value.result as unknown as AbsenceResult;
  const { snapshot } = answer.value.provenance;
  const rate = rates?.groups[0];
  if (rate?.rate == null || rate.low === null || rate.high === null || !(rate.low > 0)) {
    const note = `Absence spells: ${ratesOmitted ?? 'there is no rate with an interval.'}`;
    const empty = { definitions: [], workforce: noCounts, clinical: noCounts, fill: () => ({}) };
    return ok({ ...empty, snapshot, coverage: null, notes: [note] });
  }
  const error = (Math.log(rate.high) - Math.log(rate.low)) / (2 * normal95);
  const effect = {
    definition: absenceId,
    estimate: Math.log(rate.rate / perYears),
    variance: error ** 2,
    people: [people],
  };
  const as = [{ group: 'people in post at any time', from, to }];
  return ok(partOf(effect, as, { definitions: [absenceDefinition], snapshot }));
}

/** What is needed of an evaluation. */
const evaluationSchema = z.object({
  outcome: z.string().max(200),
  primary: z.object({
    se: z.number().positive(),
    standardised: z.object({ estimate: z.number(), sd: z.number().positive() }).nullable(),
  }),
  flow: z
    .array(z.object({ arm: z.string(), steps: z.array(z.object({ count: z.number().int().nullable() })).min(1) }))
    .min(1)
    .max(10),
});

function refused(pilot: string, why: string): Result<never> {
  return fail(
    'REFUSED_MODEL',
    `The effect of the pilot ${pilot} cannot go out: ${why}.`,
    'Nothing was released. Leave it out of “pilots”.',
  );
}

/** The standardised main effect of a pilot, with the people of each arm. */
export async function pilotPart(
  context: VaultContext,
  pilot: string,
  { from, to }: ReleaseSpec,
): Promise<Result<BundlePart>> {
  const answer = await runAnalysis(context, 'pilot-evaluation', { pilot });
  if (!answer.ok) return answer;
  const found = evaluationSchema.safeParse(answer.value.result);
  const code = pilot.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  if (!found.success) return refused(pilot, 'its evaluation is not of the form that is pooled');
  const { outcome, primary, flow } = found.data;
  if (primary.standardised === null) return refused(pilot, 'its evaluation gives no standardised difference');
  const people = flow.map(({ steps }) => steps.at(-1)?.count ?? null);
  if (people.some((count) => count === null)) return refused(pilot, 'how many took part is withheld');
  const { estimate, sd } = primary.standardised;
  const id = `effect:pilot:${code}`;
  const definition = definitionOf({
    id,
    kind: 'effect',
    version: 1,
    says: {
      title: `Pilot ${code}`,
      outcome,
      measure: 'standardised mean difference, offered less comparison',
      scale: 'points',
    },
  });
  const effect = {
    definition: id,
    estimate,
    variance: (primary.se / sd) ** 2,
    people: people.map((count) => count ?? 0),
  };
  const as = flow.map(({ arm }) => ({ group: `pilot|${code}|${arm}`, from, to }));
  return ok(partOf(effect, as, { definitions: [definition], snapshot: answer.value.provenance.snapshot }));
}

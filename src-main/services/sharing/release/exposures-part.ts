import type { ExposurePeriodResult } from '#main/analysis/exposure/exposure-period.ts';
import { keyOf } from '#main/disclosure/released-counts.ts';
import type { ReleaseSpec } from '#shared/contract/release-spec.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { eventsAs, peopleAs } from '../../reports/index.ts';
import { definitionOf } from '../definitions.ts';
import { type BundlePart, noCounts, printed } from './bundle-part.ts';

const id = 'exposures:count-v1';

const definition = definitionOf({
  id,
  kind: 'exposures',
  version: 1,
  says: {
    counts:
      'One exposure per person, incident and category, at first arrival; incidents without a rule are not counted',
    scheme: 'count-v1',
    people: 'In post on the last day of the period',
  },
});

/** Exposures by month and by category, which share their total with each other and with every earlier report. */
export async function exposuresPart(context: VaultContext, spec: ReleaseSpec): Promise<Result<BundlePart>> {
  const answer = await runAnalysis(context, 'exposure-period', { from: spec.from, to: spec.to });
  if (!answer.ok) return answer;
  const {
    months: names,
    unitMonths,
    byCategory,
    events,
    peopleInPost,
  } = answer.value.result as unknown as ExposurePeriodResult;
  const period = { from: spec.from, to: spec.to, scheme: 'count-v1' };
  const months = names.map((name, at) => ({
    month: name.slice(0, 7),
    as: eventsAs({ month: name }, period),
    count: unitMonths.reduce((total, counts) => total + (counts[at] ?? 0), 0),
  }));
  const categories = Object.entries(byCategory).map(([category, count]) => ({
    category,
    as: eventsAs({ category }, period),
    count,
  }));
  const all = eventsAs({}, period);
  const people = peopleAs({}, period);
  const lists = [months, categories].filter((list) => list.length > 0);
  return ok({
    definitions: [definition],
    workforce: {
      cells: [
        printed(all, events, 10 * events),
        printed(people, peopleInPost, 10 * peopleInPost),
        ...lists.flatMap((list) => list.map(({ as, count }) => printed(as, count))),
      ],
      sums: lists.map((list) => ({ total: keyOf(all), parts: list.map(({ as }) => keyOf(as)) })),
    },
    clinical: noCounts,
    fill: (shown) => ({
      exposures: {
        definition: id,
        events: shown(all),
        people: shown(people),
        months: months.map(({ month, as }) => ({ month, count: shown(as) })),
        categories: categories.map(({ category, as }) => ({ category, count: shown(as) })),
      },
    }),
    snapshot: answer.value.provenance.snapshot,
    coverage: answer.value.provenance.coverage,
    notes: [],
  });
}

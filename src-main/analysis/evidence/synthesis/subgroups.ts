import type { SynthesisRefused, SynthesisRow, SynthesisSubgroups } from '#shared/domain/evidence/synthesis.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { compareCodePoints } from '../../exposure/person-frame.ts';
import { toRead } from './effect.ts';
import { metaOn } from './meta-run.ts';
import { studiesIn } from './pool.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

/**
 * The effect in each subgroup, heterogeneity shared, and the test that it is the same in all. Findings without a subgroup are left
 * out of it. Null where none is asked for.
 */
export function subgroupsOf(
  rows: readonly SynthesisRow[],
  spec: ReviewSynthesisSpec,
): SynthesisSubgroups | SynthesisRefused | null {
  if (spec.subgroup === null) return null;
  const grouped = rows.filter(({ group }) => group !== null);
  const levels = [...new Set(grouped.map(({ group }) => group ?? ''))].sort(compareCodePoints);
  if (levels.length < 2) {
    return { refused: `The studies do not fall into subgroups by “${spec.subgroup}”: there has to be more than one.` };
  }
  if (studiesIn(grouped) <= levels.length) {
    return { refused: 'There are too few studies to look into subgroups: more are needed than there are subgroups.' };
  }
  const options = {
    method: spec.model === 'fixed' ? 'FE' : 'REML',
    test: spec.model === 'fixed' ? 'z' : spec.test,
  } as const;
  try {
    const each = metaOn(grouped, spec, { ...options, moderators: 'group - 1' });
    const between = metaOn(grouped, spec, { ...options, moderators: 'group' }).moderatorTest;
    const read = toRead(spec.measure);
    const of = (value: number | null | undefined): number | null => (value == null ? null : read(value));
    return {
      by: spec.subgroup,
      levels: levels.map((level, at) => {
        const term = each.terms?.[at];
        return {
          level,
          effects: grouped.filter(({ group }) => group === level).length,
          ...{ estimate: of(term?.estimate) ?? Number.NaN, low: of(term?.low), high: of(term?.high) },
        };
      }),
      between: {
        ...{ statistic: between?.statistic ?? null, df: between?.df ?? null, p: between?.p ?? null },
      },
    };
  } catch (error) {
    if (error instanceof ExpectedError) return { refused: error.message };
    throw error;
  }
}

import { measureWords, noDifferenceOf, type ReviewSynthesis } from '#shared/domain/evidence/synthesis.ts';
import { absoluteEffect } from './absolute.ts';
import { type ChosenFinding, chooseFindings } from './choose-findings.ts';
import { countDirections } from './directions.ts';
import { withoutEachStudy } from './leave-one-out.ts';
import type { MetaFound } from './meta-run.ts';
import { type PooledFindings, poolFindings, studiesIn } from './pool.ts';
import type { ReviewSynthesisSpec, SynthesisFinding } from './spec.ts';
import { subgroupsOf } from './subgroups.ts';
import { suggestGrade } from './suggest-grade.ts';

const fewestForFunnel = 10;

/**
 * Puts the findings of one outcome together: pooled where that can be, by direction beside it, with what heterogeneity, single studies
 * and small ones do to it, and how sure one may be. @throws ExpectedError REFUSED_MODEL
 */
export function reviewSynthesis(findings: readonly SynthesisFinding[], spec: ReviewSynthesisSpec): ReviewSynthesis {
  const { pooled: chosen, reviews, narrated, leftOut } = chooseFindings(findings, spec);
  const { pooled, fixed, found, rows } = poolFindings(chosen, spec);
  const people = peopleIn(chosen);
  const weights = rows.map(({ weight }) => weight ?? 100 / rows.length);
  const smallStudies = smallStudyEffects(found, studiesIn(rows), rows.length);
  return {
    ...{ outcome: spec.outcome ?? '', measure: spec.measure, measureWords: measureWords[spec.measure] },
    ...{ better: spec.better, none: noDifferenceOf(spec.measure) },
    ...{ importantDifference: spec.importantDifference, confidence: spec.confidence },
    ...{ studies: studiesIn(rows), effects: rows.length, ...people },
    ...{ rows, reviews, leftOut },
    narrated: narrated.map(({ study, title, reported }) => ({
      ...{ study, title: title ?? study },
      direction: reported.of === 'direction' ? reported.direction : 'not told',
      n: reported.of === 'direction' ? reported.n : null,
    })),
    ...{ pooled, fixed },
    subgroups: subgroupsOf(rows, spec),
    leaveOneOut: found === null || 'refused' in pooled ? [] : withoutEachStudy(chosen, pooled, found, spec),
    smallStudies,
    directions: countDirections(rows, narrated, spec),
    absolute: 'refused' in pooled ? null : absoluteEffect(pooled, spec),
    grade: suggestGrade({ chosen, weights, pooled, smallStudies, people: people.people }, spec),
  };
}

/** A study that measured the same people several times counts once. */
function peopleIn(chosen: readonly ChosenFinding[]): Pick<ReviewSynthesis, 'people' | 'studiesWithoutPeople'> {
  const largest = new Map<string, number>();
  const all = new Set(chosen.map(({ row }) => row.study));
  for (const { row } of chosen) {
    if (row.n !== null) largest.set(row.study, Math.max(row.n, largest.get(row.study) ?? 0));
  }
  const sum = [...largest.values()].reduce((total, n) => total + n, 0);
  return { people: largest.size === 0 ? null : sum, studiesWithoutPeople: all.size - largest.size };
}

function smallStudyEffects(
  found: PooledFindings['found'],
  studies: number,
  effects: number,
): ReviewSynthesis['smallStudies'] {
  if (studies < fewestForFunnel) {
    return { refused: `Whether small studies differ is not tested with fewer than ${fewestForFunnel} studies.` };
  }
  if (effects > studies)
    return { refused: 'Whether small studies differ is not tested where a study has several findings.' };
  const egger: MetaFound['egger'] = found?.egger ?? null;
  if (egger === null)
    return { refused: 'Whether small studies differ cannot be tested: all are as precise as each other.' };
  const { intercept, se, df, p } = egger;
  return { intercept, se, df, p };
}

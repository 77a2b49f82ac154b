import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { plainNumber, plainRate } from '../exposure/words.ts';
import { fewCouples } from './counts.ts';

const limits =
  'All of this is association at one time, not proof of what brought what about: couples differ in more than was asked, and distress at home may go with how exposure is lived as much as the other way. It says nothing of a single household, and is for offering support to families, never for judging anyone.';

/** What the answers of families say, in plain sentences with their limits. */
export function readFamilyImpact(result: FamilyImpactResult): readonly string[] {
  const { spillover, crossover, mediation } = result;
  return [
    whoWords(result),
    ...(result.unlinkedBecause === null ? [] : [result.unlinkedBecause]),
    ...differenceWords(result),
    ...(spillover.refused === null
      ? spillover.diagram.arrows.map(({ sentence }) => `Spillover. ${sentence}`)
      : [spillover.refused]),
    ...partWords(result, 'Crossover', crossover.refused, () =>
      crossover.refused === null
        ? [...crossover.diagram.arrows.map(({ sentence }) => sentence), ...crossover.k.map(({ sentence }) => sentence)]
        : [],
    ),
    ...partWords(result, 'Mediation', mediation.refused, () =>
      mediation.refused === null ? mediation.indirect.map(({ sentence }) => sentence) : [],
    ),
    childrenWords(result),
    limits,
  ];
}

/** In unlinked mode one sentence has said why; it is not said again for each part. */
function partWords(
  { unlinkedBecause }: FamilyImpactResult,
  name: string,
  refused: string | null,
  sentences: () => readonly string[],
): readonly string[] {
  if (refused === null) return sentences().map((sentence) => `${name}. ${sentence}`);
  return refused === unlinkedBecause ? [] : [refused];
}

function whoWords({ wave, waveWasChosen, flow }: FamilyImpactResult): string {
  const told = flow.flatMap(({ count, words }) =>
    count === null ? [] : [`${plainNumber(count)} ${words.charAt(0).toLowerCase()}${words.slice(1)}`],
  );
  const chosen = waveWasChosen ? ', the one with the most complete couples' : '';
  const left = flow.some(({ count }) => count === null)
    ? ' Steps too near to another or of fewer than 10 are withheld.'
    : '';
  return `Wave ${wave}${chosen}: ${told.length === 0 ? 'every count is of fewer than 10' : told.join('; ')}.${left} Answers without consent on or before their day, and all of anybody who has withdrawn, are in no figure. Where a figure would rest on a number too near another, fewer than ten answers are left out of it, by the order of pseudonyms alone.`;
}

function differenceWords({ differences }: FamilyImpactResult): readonly string[] {
  return differences.flatMap(({ measure, kind, estimate, low, high }) => {
    if (estimate === null || low === null || high === null) return [];
    const direction = estimate < 0 ? 'lower' : 'higher';
    return [
      `Officers were ${plainRate(Math.abs(estimate))} ${direction} than partners on ${measure.name}, ${kind} (95% interval ${plainRate(low)} to ${plainRate(high)}).`,
    ];
  });
}

function childrenWords({ children }: FamilyImpactResult): string {
  const { measure, households, mean, withheld } = children;
  if (mean === null) return `Children (${measure.name}, one total a household): ${withheld}.`;
  const of = households === null ? 'households whose number is withheld' : `${plainNumber(households)} households`;
  return `Children (${measure.name}, one total a household): ${plainRate(mean)} on average in ${of}; nothing here goes below a household’s total.`;
}

/** What would make a reader misjudge the figures. */
export function familyWarnings(result: FamilyImpactResult, scheme: Scheme): readonly string[] {
  const { crossover, mediation } = result;
  return [
    ...[
      { name: 'Crossover', part: crossover },
      { name: 'Mediation', part: mediation },
    ].flatMap(({ name, part }) =>
      part.refused === null && part.fewCouples
        ? [
            `${name} rests on fewer than ${fewCouples} complete couples (${part.complete}): intervals are wide and somewhat too sure, and small relations cannot be seen.`,
          ]
        : [],
    ),
    ...(result.linkage === 'unlinked'
      ? ['Officers and partners are two samples here; nothing is said of couples.']
      : []),
    ...(scheme.status === 'approved'
      ? []
      : [`The scheme ${scheme.id} is not approved (${scheme.status}): use it to compare, not to decide.`]),
  ];
}

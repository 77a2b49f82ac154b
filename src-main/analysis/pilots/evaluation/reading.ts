import type { PilotFurther, PilotSubgroup } from '#shared/domain/pilot-evaluation.ts';
import { plainNumber, plainRate } from '../../exposure/words.ts';
import type { ToldEvaluation } from './r-script.ts';

/** What an evaluation says, in plain sentences, its limits last. */
export function readEvaluation(evaluation: ToldEvaluation): readonly string[] {
  const {
    outcome,
    primary,
    further,
    change,
    missing,
    clustering,
    secondaries,
    subgroups,
    economics,
    standards,
    limits,
  } = evaluation;
  return [
    `${outcome}: ${primary.absolute.words}`,
    `How: ${primary.method}`,
    ...further.map(furtherWords),
    ...('refused' in change ? [change.refused] : [...riskWords(change), ...change.withheld]),
    'refused' in missing ? missing.refused : missing.words,
    ...(clustering === null
      ? []
      : [
          `People of one team are alike: the intraclass correlation is ${plainRate(clustering.icc)} (95% interval ${plainRate(clustering.iccLow)} to ${plainRate(clustering.iccHigh)}), so that the pilot needs ${plainNumber(clustering.designEffect)} times as many people as one that allocates them one by one.`,
        ]),
    ...secondaries.map(({ outcome: name, found, adjustedP }) =>
      'refused' in found
        ? `${name}: ${found.refused}`
        : `${name}: ${intervalWords(found)}${adjustedP === null ? '' : `, p = ${plainRate(adjustedP)} adjusted for the number of secondary outcomes (Holm)`}.`,
    ),
    ...subgroups.map((subgroup) => ('refused' in subgroup ? subgroup.refused : subgroupWords(subgroup))),
    ...(economics?.words ?? []),
    `Strength of the design: ${standards.maryland.level} of 5 on the scale of Maryland. ${standards.maryland.words}`,
    ...limits,
  ];
}

function intervalWords({
  estimate,
  low,
  high,
}: {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}): string {
  return `${plainRate(estimate)} (95% interval ${plainRate(low)} to ${plainRate(high)})`;
}

function furtherWords({ name, question, found }: PilotFurther): string {
  return `${name}. ${question} ${'refused' in found ? found.refused : `${intervalWords(found)}.`}`;
}

function riskWords({
  improvement,
  deterioration,
}: {
  readonly improvement: { readonly words: string } | null;
  readonly deterioration: { readonly words: string } | null;
}): string[] {
  return [improvement, deterioration].flatMap((risk) => (risk === null ? [] : [risk.words]));
}

function subgroupWords({ subgroup, interactionP, levels }: PilotSubgroup): string {
  const each = levels.map(({ level, found }) => `${level} ${intervalWords(found)}`).join('; ');
  return `By ${subgroup}, to explore only: ${each}; that the effect is the same in all of them has p = ${plainRate(interactionP)}.`;
}

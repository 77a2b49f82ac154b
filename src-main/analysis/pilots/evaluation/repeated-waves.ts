import type { DataTable } from '#main/stats/data/table.ts';
import { mmrm } from '#main/stats/procedures/mmrm/mmrm.ts';
import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import type { PilotEstimate } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { adjustmentFor } from './adjustment.ts';
import { offeredColumn } from './ancova.ts';
import { estimateOf, termOf } from './estimate.ts';
import type { Found, PilotPerson, PilotScores } from './people.ts';
import { takeRows } from './take-rows.ts';

const fewPeople = 40;
const file = 'waves.csv';

/** Covariance of the waves, the freest first. */
const covariances = ['unstructured', 'cs'] as const;
const covarianceWords = { unstructured: 'an unstructured covariance', cs: 'one correlation for all pairs' };

/**
 * A mixed model for repeated measures over all waves: the effect at the main wave, with every score of everybody who has one, valid where a
 * missing score is like those of people with the same scores before.
 * @throws ExpectedError REFUSED_MODEL
 */
export function repeatedWaves(people: readonly PilotPerson[], scores: PilotScores): Found<PilotEstimate> {
  const { table, terms, persons, words } = longTable(people, scores);
  if (scores.waves.length < 2) {
    throw new ExpectedError('REFUSED_MODEL', 'There is only one wave after baseline.', 'Nothing was computed.');
  }
  const formula = `score ~ ${terms.join(' + ')}`;
  const order = [
    scores.primaryWave,
    ...scores.waves.map(({ wave }) => wave).filter((wave) => wave !== scores.primaryWave),
  ];
  const fitWith = (covariance: (typeof covariances)[number]): ProcedureResult =>
    runOn(
      mmrm,
      {
        ...{ formula, id: 'person', time: 'wave', covariance, factors: { wave: order } },
        df: persons < fewPeople ? 'kenward-roger' : 'satterthwaite',
      },
      table,
      file,
    );
  const { found, covariance } = firstThatFits(fitWith);
  const method = `Mixed model for repeated measures at “${scores.primaryWave}” over ${scores.waves.length} waves with ${covarianceWords[covariance]}, adjusted for ${words}; ${persons < fewPeople ? 'Kenward and Roger’s' : 'Satterthwaite’s'} degrees of freedom.`;
  return { estimate: estimateOf(termOf(found, 'offered'), method), warnings: found.warnings, r: found.r };
}

function firstThatFits(fitWith: (covariance: (typeof covariances)[number]) => ProcedureResult) {
  try {
    return { found: fitWith('unstructured'), covariance: 'unstructured' as const };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { found: fitWith('cs'), covariance: 'cs' as const };
  }
}

/** A row for each score after baseline; what was known before moves each wave by as much as it likes. */
function longTable(people: readonly PilotPerson[], scores: PilotScores) {
  const adjustment = adjustmentFor(people, scores.baseline);
  const rows = scores.waves.flatMap(({ wave, scores: values }) =>
    values.flatMap((score, person) => (score === null ? [] : [{ wave, score, person }])),
  );
  const persons = rows.map(({ person }) => person);
  const table: DataTable = tableOf(rows.length, [
    numbers(
      'score',
      rows.map(({ score }) => score),
    ),
    categories(
      'wave',
      rows.map(({ wave }) => wave),
    ),
    // Numbers, because a script names the levels of text, and these are people.
    numbers('person', persons),
    takeRows(offeredColumn(people), persons),
    ...adjustment.columns.map((column) => takeRows(column, persons)),
  ]);
  const [baseline, ...others] = adjustment.terms;
  const moving = ['offered', ...(baseline === 'baseline' ? [baseline] : [])].map((term) => `wave * ${term}`);
  return {
    table,
    terms: [...moving, ...(baseline === undefined || baseline === 'baseline' ? [] : [baseline]), ...others],
    persons: new Set(persons).size,
    words: adjustment.words,
  };
}

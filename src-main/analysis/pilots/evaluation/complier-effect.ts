import { designMatrix } from '#main/stats/formula/design.ts';
import { parseFormula } from '#main/stats/formula/formula.ts';
import { modelFrame, numericResponse } from '#main/stats/formula/model-frame.ts';
import { at } from '#main/stats/linear-algebra/matrix.ts';
import { glm } from '#main/stats/procedures/glm/glm.ts';
import { waldTerm } from '#main/stats/procedures/term.ts';
import { endOfScript, rScript } from '#main/stats/r/script.ts';
import { twoStageLeastSquares } from '#main/stats/regression/two-stage.ts';
import type { PilotEstimate } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { numbers, runOn, tableOf } from '../../absence/model-table.ts';
import { peopleFile, tableOfPeople } from './ancova.ts';
import { estimateOf, termOf } from './estimate.ts';
import { type Found, followUpOf, isKnown, type PilotPerson, type PilotScores } from './people.ts';

/** Under it, what allocation does to taking part is too weak to divide by (Staiger and Stock 1997, Econometrica 65:557). */
const weakestF = 10;
const confidence = 0.95;

/**
 * The effect in those who take part because they were offered it (complier average causal effect): two-stage least squares with the
 * allocation as instrument. Rests on the offer doing nothing but through taking part, and on nobody doing the opposite of what is offered.
 * @throws ExpectedError REFUSED_MODEL, too where so few took part, or did not, that their number may not be told
 */
export function complierEffect(
  people: readonly PilotPerson[],
  scores: PilotScores,
  minimumTakingPart: number,
): Found<PilotEstimate> {
  const adhered = people.map((person) => person.adhered);
  if (!adhered.some(isKnown)) throw refused('It is not recorded who took part as planned.');
  const followUp = followUpOf(scores);
  refuseFewTakingPart(
    people.filter((_, at) => isKnown(followUp[at])),
    minimumTakingPart,
  );
  const { table: all, adjustment } = tableOfPeople(people, scores);
  const table = tableOf(people.length, [
    ...all.columns.values(),
    numbers(
      'adhered',
      adhered.map((value) => (value === null ? Number.NaN : Number(value))),
    ),
  ]);
  const others = adjustment.terms.map((term) => ` + ${term}`).join('');
  const frameOf = (right: string) =>
    modelFrame(table, parseFormula(`followup ~ ${right}${others}`), { alsoUsed: ['adhered', 'offered'] });
  const frame = frameOf('adhered');
  const [x, instruments] = [designMatrix(frame), designMatrix(frameOf('offered'))];
  const y = numericResponse(frame);
  const place = x.names.indexOf('adhered');
  const fit = twoStageLeastSquares(x.matrix, instruments.matrix, y);
  if (!fit) throw refused('As many took part in one arm as in the other, so their effect cannot be told.');
  const se = Math.sqrt(at(fit.covariance, place, place));
  const row = waldTerm('adhered', fit.coefficients[place] as number, se, fit.df, confidence);
  const strength = strengthOf(runOn(glm, { formula: `adhered ~ offered${others}`, robust: 'HC1' }, table, peopleFile));
  return {
    estimate: estimateOf(
      row,
      `Effect in those who take part because they were offered it: two-stage least squares with allocation as instrument, adjusted for ${adjustment.words}, with robust errors (HC1).`,
    ),
    warnings:
      strength < weakestF
        ? [
            'Being offered the pilot hardly changed who took part, so the effect in those who did is not to be relied on.',
          ]
        : [],
    r: rScript(
      `data <- read.csv("${peopleFile}", check.names = FALSE)`,
      '# library(AER)',
      `# fit <- ivreg(followup ~ adhered${others} | offered${others}, data = data)`,
      '# The same in base R:',
      `data <- data[complete.cases(data[, c("followup", "adhered")]), ]`,
      `X <- model.matrix(~ adhered${others}, data); Z <- model.matrix(~ offered${others}, data)`,
      'P <- lm.fit(Z, X)$fitted.values; bread <- solve(crossprod(P)); b <- drop(bread %*% crossprod(P, data$followup))',
      'e <- drop(data$followup - X %*% b); df <- nrow(X) - ncol(X)',
      'V <- bread %*% crossprod(P * e) %*% bread * nrow(X) / df',
      'result <- list(estimate = b[["adhered"]], se = sqrt(V["adhered", "adhered"]), df = df)',
      endOfScript,
    ),
  };
}

/** The two effects of a pilot together say what share took part. */
function refuseFewTakingPart(people: readonly PilotPerson[], minimum: number): void {
  for (const arm of [true, false]) {
    for (const took of [true, false]) {
      const count = people.filter(({ offered, adhered }) => offered === arm && adhered === took).length;
      if (count === 0 || count >= minimum) continue;
      throw refused(
        `Fewer than ${minimum} people ${arm ? 'offered the pilot' : 'of the comparison'} ${took ? 'took part' : 'did not take part'}, so the effect in those who did is withheld.`,
      );
    }
  }
}

function strengthOf(found: ReturnType<typeof runOn>): number {
  return (termOf(found, 'offered')?.statistic ?? 0) ** 2;
}

function refused(message: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, 'The effect by allocation stands.');
}

import { rComment, rFrame } from '#main/stats/r/script.ts';
import type { AbsenceResult } from './absence-result.ts';
import type { AbsenceFigures } from './figures.ts';
import { wholeForce } from './groups.ts';
import type { ReturnCurve } from './return-to-work.ts';
import type { AbsenceSpec } from './spec.ts';

/** Base R that works out the figures, the returns and the months of a result again, from the sums that it carries in itself. */
export function absenceScript(result: AbsenceResult, spec: AbsenceSpec): string {
  return [
    opening(result, spec),
    figures(result),
    returns(result),
    result.months.r === ''
      ? 'months <- NULL'
      : `# The force month by month: FTE days lost per 100, of the months with a value.\n${result.months.r.trimEnd()}\nmonths <- result`,
    rates(result),
    'result <- list(figures = figures, returns = returns, months = months, pHolm = pHolm)\nprint(result, digits = 15)',
  ]
    .join('\n\n')
    .concat('\n');
}

function opening({ rates: found, returnToWork }: AbsenceResult, { from, to, by, days }: AbsenceSpec): string {
  const parts = [
    `# Absence from ${from} to ${to}, by ${by}, in FTE ${days} days. Base R only; the sums are those of the result.
#
# Not worked out here, because it takes a row for each person or spell, and those stay in the vault: the sums themselves,
# the model of rates with its ratios, and the test of whether groups return alike. Days on which few are at risk are left out.`,
  ];
  if (found) {
    parts.push(`# The model, for who may read such rows: persons.csv has one for each person in each group held in the period, with
# person, group, spells (begun in the period) and years (FTE ${days} days in post by ${days === 'calendar' ? '365.25' : '260.89'}).
${rComment(found.r)}`);
  }
  if (returnToWork.r !== '') {
    parts.push(`# The test: spells.csv has a row for each spell with a day in the period and in post, with group, entry (days absent when
# first seen), time (days absent when last seen) and status (1 returned, 0 still absent or left the force).
${rComment(returnToWork.r)}`);
  }
  return parts.join('\n#\n');
}

function figures({ all, groups }: AbsenceResult): string {
  const rows = [{ group: wholeForce, figures: all }, ...groups].flatMap(({ group, figures: own }) =>
    own === null ? [] : [{ group, own }],
  );
  const column = (read: (own: AbsenceFigures) => number | null) => rows.map(({ own }) => read(own));
  return `# A row for the whole force, then one for each group that may be shown.
figures <- ${rFrame({
    group: rows.map(({ group }) => group),
    headcount: column((own) => own.averageHeadcount),
    available: column((own) => own.availableFteDays),
    lost: column((own) => own.days.fte),
    calendar: column((own) => own.days.calendar),
    spells: column((own) => own.spells),
    started: column((own) => own.spellsStarted),
    psychological: column((own) => own.psychological?.fteDays ?? null),
  })}
figures$ratePercent <- 100 * figures$lost / figures$available
figures$frequency <- figures$started / figures$headcount
figures$severityDays <- figures$calendar / figures$spells
figures$psychologicalShare <- figures$psychological / figures$lost`;
}

/** The share still absent by Kaplan and Meier, its limits on the log scale, from the numbers at risk on each day. */
function returns({ returnToWork: { all, psychological, groups } }: AbsenceResult): string {
  const curves: readonly ReturnCurve[] = [...(all ? [all] : []), ...psychological, ...groups];
  const steps = curves.flatMap((curve, at) => curve.steps.map((step) => ({ at: at + 1, curve: curve.group, ...step })));
  return `# Days on which spells ended, with the spells then under observation: all, by reason, then by group.
returns <- ${rFrame({
    curve: steps.map(({ at }) => at),
    group: steps.map(({ curve }) => curve),
    day: steps.map(({ day }) => day),
    atRisk: steps.map(({ atRisk }) => atRisk),
    returned: steps.map(({ returned }) => returned),
  })}
within <- function(values, fun) ave(values, returns$curve, FUN = fun)
returns$stillAbsent <- within(1 - returns$returned / returns$atRisk, cumprod)
error <- sqrt(within(returns$returned / (returns$atRisk * (returns$atRisk - returns$returned)), cumsum))
returns$low <- returns$stillAbsent * exp(-qnorm(0.975) * error)
returns$high <- pmin(1, returns$stillAbsent * exp(qnorm(0.975) * error))`;
}

function rates({ rates: found }: AbsenceResult): string {
  if (!found) return 'pHolm <- NULL';
  const tested = found.groups.filter(({ p }) => p !== null);
  return `# The p of each group against the reference, as the model has them, adjusted by Holm.
pHolm <- ${rFrame({ group: tested.map(({ group }) => group), p: tested.map(({ p }) => p) })}
pHolm$adjusted <- p.adjust(pHolm$p, "holm")`;
}

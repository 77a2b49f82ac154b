import { civilOfDay, lastDayOfMonth, monthOfDay } from '#shared/domain/dates.ts';
import { plainDate } from '../exposure/words.ts';
import { whyOutside } from '../indicators/held-months.ts';
import type { HeldSpan } from '../indicators/measure-data.ts';
import { notMeasured, type RawPoint, ratio } from '../indicators/point.ts';
import { type IndicatorPoint, type RunChart, runChart } from '../indicators/run-chart.ts';
import type { Month } from '../indicators/spec.ts';
import { type MonthSums, tallyMonths } from './month-tally.ts';
import type { Tally, TallyInput } from './tally.ts';

/** FTE days lost per 100 in post, with the days themselves as numerator and denominator; null where a reason stands beside it. */
export type AbsenceMonth = IndicatorPoint & {
  readonly calendarDays: number | null;
  /** Null where few began, too. */
  readonly spellsStarted: number | null;
};

/** The months that the period covers, as a run chart of those that are whole, held and not withheld. */
export type AbsenceMonths = Omit<RunChart, 'points' | 'assurance'> & { readonly points: readonly AbsenceMonth[] };

export type AbsenceMonthsInput = {
  readonly tally: Tally;
  readonly options: TallyInput;
  readonly minimum: number;
  /** Days on which the first and the last absence that is held began. */
  readonly span: HeldSpan | null;
  /** False where the period as a whole is withheld. */
  readonly mayShowPeriod: boolean;
  /** Which of some counts may be shown beside their total, so that no small one can be worked out. */
  readonly mayShow: (names: readonly string[], counts: readonly number[]) => readonly boolean[];
};

export function absenceMonths(input: AbsenceMonthsInput): AbsenceMonths {
  const { tally, options, minimum, mayShow } = input;
  const months = monthsOver(options.fromDay, options.toDay);
  const names = months.map(({ name }) => name);
  const sums = tallyMonths(tally, options, months);
  const countsShown = (count: (sum: MonthSums) => number): readonly boolean[] => mayShow(names, sums.map(count));
  const absentShown = countsShown(({ absent }) => absent);
  const startedShown = countsShown(({ started }) => started);
  const raw = sums.map((sum, at): RawPoint => {
    const reason = whyNot(months[at] as Month, input);
    if (reason !== null) return notMeasured(reason);
    const point = ratio(sum.lostFte, sum.availableFte, 100, [sum.people], 'Nobody was in post in the month.');
    return input.mayShowPeriod && absentShown[at] === true ? point : { ...point, withheld: fewWords(minimum) };
  });
  const {
    points,
    assurance: _none,
    ...chart
  } = runChart({ id: 'absence-months', threshold: minimum, better: 'low' }, names, raw, null);
  return {
    ...chart,
    points: points.map((point, at) => {
      const isShown = point.state === 'measured';
      return {
        ...point,
        calendarDays: isShown ? (sums[at]?.calendarDays ?? null) : null,
        spellsStarted: isShown && startedShown[at] === true ? (sums[at]?.started ?? null) : null,
      };
    }),
  };
}

function fewWords(minimum: number): string {
  return `Fewer than ${minimum} people were absent, or a month of which that is true could be worked out from it.`;
}

/** Every month with a day in the period; the first and the last may be parts of one. */
function monthsOver(fromDay: number, toDay: number): Month[] {
  const months: Month[] = [];
  for (let firstDay = fromDay; firstDay <= toDay; ) {
    const { year, month } = civilOfDay(firstDay);
    const lastDay = Math.min(toDay, lastDayOfMonth(year * 12 + month - 1));
    months.push({ name: monthOfDay(firstDay), firstDay, lastDay });
    firstDay = lastDay + 1;
  }
  return months;
}

function whyNot({ firstDay, lastDay }: Month, { span, options }: AbsenceMonthsInput): string | null {
  const { year, month, day } = civilOfDay(firstDay);
  if (day > 1) return `The period begins on ${plainDate(options.fromDay)}, within the month.`;
  if (lastDay < lastDayOfMonth(year * 12 + month - 1)) {
    return `The period ends on ${plainDate(options.toDay)}, within the month.`;
  }
  return span === null ? 'No absences are held.' : whyOutside('absences', span, { firstDay, lastDay });
}

import type { CaseView } from '#shared/contract/cases.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { monthCounts } from '#shared/domain/month-counts.ts';
import type { Block, ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import { capital, cell, column, countCell, dateCell, paragraph, table } from './summary-blocks.ts';

const mostMonths = 24;
const mostEvents = 20;
const mostScores = 40;

/** The rules that raised a signal, in their own words. */
export function reasonsSection({ signals }: CaseView): ReportSection {
  const items = signals.map(({ words, scheme, asOf }) => `${words} (scheme ${scheme}, data to ${formatDate(asOf)})`);
  return {
    id: 'reasons',
    heading: 'Why the case is open',
    blocks: [
      items.length === 0
        ? paragraph('No exposure rule has raised a signal in this case.')
        : { kind: 'list', ordered: false, items },
    ],
  };
}

/** That there was an answer and who has seen it, as the case shows it; never what was answered. */
export function safetySection({ safety }: CaseView): ReportSection {
  const items = safety.map(({ answer, givenOn, acknowledgedBy }) => {
    const given = givenOn === null ? 'on a day that is not known' : `on ${formatDate(givenOn)}`;
    if (answer === 'not seen') return `A self-harm question ${given}: safety answer not seen. This is not “no risk”.`;
    const seen = acknowledgedBy === null ? 'not acknowledged yet' : `acknowledged by ${acknowledgedBy}`;
    return `An answer to a self-harm question ${given} was above its first step; ${seen}.`;
  });
  return {
    id: 'safety',
    heading: 'Safety answers',
    blocks: [
      items.length === 0
        ? paragraph(
            'No answer of this person to a self-harm question is on the clinicians’ list. This is not “no risk”.',
          )
        : { kind: 'list', ordered: false, items },
    ],
  };
}

const label = (code: string): string => exposureCategories.find((entry) => entry.code === code)?.label ?? code;

export function exposureSection({ timeline }: CaseView): ReportSection {
  const counted = (timeline?.events ?? []).filter((event) => event.counted);
  const heading = 'Exposure over time';
  if (counted.length === 0) {
    const why =
      timeline === null
        ? 'Not assessable: nobody of this pseudonym is in the data.'
        : 'No counted exposure is held. That is not proof that there was none.';
    return { id: 'exposure', heading, blocks: [paragraph(why)] };
  }
  const events = [...counted].sort((a, b) => (a.day < b.day ? 1 : -1));
  const shown = events.slice(0, mostEvents);
  const more = events.length > shown.length ? `; the newest ${shown.length} of ${formatNumber(events.length)}` : '';
  return {
    id: 'exposure',
    heading,
    blocks: [
      monthsFigure(counted),
      kindsTable(counted),
      table(
        `Single exposures${more}`,
        [column('Day'), column('Kind'), column('Proximity')],
        shown.map(({ day, category, proximity }) => [dateCell(day), cell(label(category)), cell(proximity ?? '–')]),
      ),
    ],
  };
}

/** What kinds of exposure there were, the most frequent first. */
function kindsTable(counted: readonly Event[]): Block {
  const kinds = new Map<string, { count: number; last: string }>();
  for (const { category, day } of counted) {
    const held = kinds.get(category) ?? { count: 0, last: day };
    kinds.set(category, { count: held.count + 1, last: day > held.last ? day : held.last });
  }
  return table(
    'Counted exposures by kind',
    [column('Kind'), column('Exposures', 'end'), column('Latest')],
    [...kinds]
      .sort(([a, one], [b, other]) => other.count - one.count || a.localeCompare(b))
      .map(([category, { count, last }]) => [cell(label(category)), countCell(count), dateCell(last)]),
  );
}

type Event = NonNullable<CaseView['timeline']>['events'][number];

function monthsFigure(counted: readonly Event[]): Block {
  const months = monthCounts(counted, mostMonths);
  const inThem = months.reduce((sum, { count }) => sum + count, 0);
  const before = counted.length - inThem;
  const newest = counted.reduce((last, { day }) => (day > last ? day : last), '');
  const many = counted.length === 1 ? '1 counted exposure' : `${formatNumber(counted.length)} counted exposures`;
  return {
    kind: 'figure',
    title: `${many}, the latest on ${formatDate(newest)}`,
    caption: `Counted exposures a month, from the first month with one to the last${before === 0 ? '' : `; ${formatNumber(before)} earlier are not drawn`}.`,
    description: `Counted exposures of ${months.length} months. The table with the chart has every value.`,
    chart: {
      kind: 'trend',
      measure: 'exposures a month',
      decimals: 0,
      months: months.map(({ month }) => month),
      series: [{ name: 'Counted exposures', values: months.map(({ count }) => count) }],
    },
    data: {
      columns: [column('Month'), column('Exposures', 'end')],
      rows: months.map(({ month, count }) => ({ cells: [dateCell(month), countCell(count)] })),
      notes: [],
    },
  };
}

type ScoreLine = CaseView['scores'][number];

function changeText({ sinceFirst, sincePrevious, assessable }: ScoreLine): string {
  if (!assessable) return 'Not assessable.';
  if (sinceFirst === 'First score') return 'The first score that is held.';
  const before = `Since the score before: ${sincePrevious}.`;
  return sinceFirst === sincePrevious ? before : `${before} Since the first: ${sinceFirst}.`;
}

/** The measure with its direction, and the score: `PHQ-9 total, higher is worse` and `16 on 0 to 27`. */
function measured({ scale, score }: ScoreLine): readonly TableCellValue[] {
  const [value = score, direction] = score.split(', where ');
  return [cell(direction === undefined ? scale : `${scale}, ${direction}`), cell(value)];
}

export function scoresSection({ scores, scoresNote }: CaseView): ReportSection {
  const shown = scores.slice(0, mostScores);
  const more = scores.length > shown.length ? `; the newest ${shown.length} of ${scores.length}` : '';
  return {
    id: 'scores',
    heading: 'Scores, with reliable change',
    blocks: [
      paragraph(scoresNote),
      ...(shown.length === 0
        ? []
        : [
            table(
              `Scores, each with what it means${more}`,
              [column('Day'), column('Measure'), column('Score'), column('What it means'), column('Change')],
              shown.map((line) => [
                dateCell(line.day),
                ...measured(line),
                cell(line.assessable ? `${capital(line.band)}. ${line.caseness}.` : 'Not assessable.'),
                cell(changeText(line)),
              ]),
            ),
          ]),
    ],
  };
}

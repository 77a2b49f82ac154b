import type { QualityResult } from '#shared/contract/quality.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import { changedCodes, countName, notedRows } from './counts-to-judge.ts';
import type { StatementFacts } from './statement-facts.ts';

/** A fault of the data in words without a count; `counts` names what is counted of it, judged elsewhere. */
export type Fault = {
  /** `act`: figures are wrong until it is mended; `look`: they may be; `note`: good to know. */
  readonly severity: 'act' | 'look' | 'note';
  readonly kind: string;
  readonly what: string;
  readonly count: string | null;
  /** What is counted: rows, people, cases. */
  readonly counted: string;
  readonly does: string;
  readonly mend: string;
};

const order = { act: 0, look: 1, note: 2 } as const;
const manyUnknown = 0.02;
const unitsNamed = 3;

/** What was found in the data, worst first. The rules are those of the place Data quality; the words hold no count. */
export function faultsOf(facts: StatementFacts): readonly Fault[] {
  const { quality } = facts;
  const found = [
    ...lateOrAhead(quality),
    ...unknownPeople(quality),
    ...gaps(quality),
    ...stopped(quality),
    ...volumes(quality),
    ...codesChanged(quality),
    ...standingTwice(quality),
    ...noted(facts),
  ];
  return found.sort((a, b) => order[a.severity] - order[b.severity]);
}

function days(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? 'day' : 'days'}`;
}

function lateOrAhead({ freshness }: QualityResult): Fault[] {
  return freshness.flatMap(({ kind, label, lateDays, cadenceDays, rowsAhead, to }): Fault[] => [
    ...(lateDays === null || cadenceDays === null || lateDays === 0
      ? []
      : [
          {
            ...{ severity: lateDays > cadenceDays ? ('act' as const) : ('look' as const), kind },
            what: `${label} are ${days(lateDays)} late${to === null ? '' : `: the last day held is ${formatDate(to)}`}`,
            ...{ count: null, counted: '' },
            does: `They come about every ${days(cadenceDays)}. Figures of later days leave out what has not arrived.`,
            mend: 'Ask for the next extract, and import it.',
          },
        ]),
    ...(rowsAhead === 0
      ? []
      : [
          {
            ...{ severity: 'act' as const, kind, what: `${label}: rows of days after they were imported` },
            ...{ count: countName.ahead(kind), counted: 'rows' },
            does: 'They cannot have happened yet. A date read in the wrong order, or a wrong year, does this.',
            mend: 'Look at the dates of the newest batches; undo them and import them again where their order was misread.',
          },
        ]),
  ]);
}

function unknownPeople({ freshness }: QualityResult): Fault[] {
  return freshness.flatMap(({ kind, label, rows, unknownPeople: people, unknownRows }): Fault[] =>
    people === 0 || rows === 0
      ? []
      : [
          {
            ...{ severity: unknownRows / rows >= manyUnknown ? 'act' : 'look', kind },
            what: `${label}: people who are not among the imported people`,
            ...{ count: countName.unknownPeople(kind), counted: 'people' },
            does: 'Their rows belong to nobody whose unit, role and service are known, and are missing from every figure by unit or role.',
            mend: 'Import a people extract that reaches as far back, and other references before the rows that use them.',
          },
        ],
  );
}

function gaps({ coverage }: QualityResult): Fault[] {
  return coverage.flatMap(({ kind, label, months, units }): Fault[] => {
    const where = (gap: 'none' | 'low'): string | null => {
      const cells = units.flatMap((unit) =>
        unit.gaps.flatMap((found, at) => (found === gap ? [{ unit: unit.unit, month: months[at] ?? '' }] : [])),
      );
      if (cells.length === 0) return null;
      const names = [...new Set(cells.map(({ unit }) => unit))];
      const when = [...new Set(cells.map(({ month }) => month))].sort();
      const [first = '', last = ''] = [when[0], when.at(-1)];
      const period =
        when.length === 1
          ? formatDate(first)
          : `${when.length} months from ${formatDate(first)} to ${formatDate(last)}`;
      return `${names.length > unitsNamed ? `${names.length} units` : names.join(', ')}, ${period}`;
    };
    const [none, low] = [where('none'), where('low')];
    return [
      ...(none === null
        ? []
        : [
            {
              ...{ severity: 'act' as const, kind, what: `${label}: no rows of ${none}`, count: null, counted: '' },
              does: 'In other months many of the same unit have rows, so that these are most likely missing. Rates of these units and months are too low.',
              mend: 'Ask for the extract of these months again, and check that it covers every unit.',
            },
          ]),
      ...(low === null
        ? []
        : [
            {
              ...{ severity: 'look' as const, kind, what: `${label}: far fewer people with rows than usual in ${low}` },
              ...{ count: null, counted: '' },
              does: 'A third or less of the usual share have a row. Part of the extract may be missing.',
              mend: 'Compare the rows with the source system for these months.',
            },
          ]),
    ];
  });
}

function stopped({ missing }: QualityResult): Fault[] {
  return missing.flatMap(({ kind, label, column, meaning, stoppedSince }): Fault[] =>
    stoppedSince === null
      ? []
      : [
          {
            ...{ severity: 'act', kind, count: null, counted: '' },
            what: `${label}: ${column} is no longer filled since ${formatDate(stoppedSince)}`,
            does: `${meaning}. It was mostly filled before, so that what rests on it stops there.`,
            mend: 'Check whether the column was renamed, correct the mapping, and import those months again.',
          },
        ],
  );
}

function volumes({ volumes: kinds }: QualityResult): Fault[] {
  return kinds.flatMap(({ kind, label, signals }): Fault[] => {
    const current = signals.filter((signal) => signal.current);
    if (current.length === 0) return [];
    const isLow = current.some(({ direction }) => direction === 'low');
    return [
      {
        ...{ severity: isLow ? 'look' : 'note', kind, count: null, counted: '' },
        what: `${label}, rows by month: ${[...new Set(current.map(({ words }) => words))].join('; ')}`,
        does: `More than chance. Recording may have changed, part may be missing, or there really is ${isLow ? 'less' : 'more'}.`,
        mend: 'Compare with the source system before reading it as a change in the work.',
      },
    ];
  });
}

/** One fault a field; the codes themselves stand in a table of their own. */
function codesChanged(quality: QualityResult): Fault[] {
  const fields = Map.groupBy(changedCodes(quality), ({ kind, column }) => `${kind} ${column}`);
  return [...fields.values()].flatMap((codes): Fault[] => {
    const [first] = codes;
    if (first === undefined) return [];
    const isOther = codes.some(({ change }) => change === 'appeared' || change === 'vanished');
    return [
      {
        ...{ severity: isOther ? 'look' : 'note', kind: first.kind, count: null, counted: '' },
        what: `${first.label}: ${codes.length === 1 ? 'a code' : `${codes.length} codes`} of ${first.column} changed`,
        does: 'What stands for one thing may have changed. A code without a rule is left out of every count.',
        mend: 'Ask what changed in the source system, and say in the code rules or the mapping what it means now.',
      },
    ];
  });
}

function standingTwice({ duplicates }: QualityResult): Fault[] {
  return duplicates.near.flatMap(({ kind, label, what, cases }): Fault[] =>
    cases === 0
      ? []
      : [
          {
            ...{
              severity: 'look',
              kind,
              what: `${label}: ${what}`,
              count: countName.twice(kind, what),
              counted: 'cases',
            },
            does: 'Each counts once more than it should if it is one event entered twice.',
            mend: 'Look at a few in the source system; correct them there and import the period again.',
          },
        ],
  );
}

function noted(facts: StatementFacts): Fault[] {
  return notedRows(facts)
    .filter(({ code }) => code !== 'UNKNOWN_PERSON' && code !== 'UNMAPPED_CODE')
    .map(({ kind, code, message }) => {
      const [first = '', ...rest] = message.split('. ');
      return {
        ...{ severity: 'note' as const, kind, count: countName.noted(kind, code), counted: 'rows' },
        what: `Rows of ${kind.replaceAll('_', ' ')}: ${first.charAt(0).toLowerCase()}${first.slice(1).replace(/\.$/, '')}`,
        does: 'The rows were kept as they came.',
        mend: rest.join('. ') || 'Correct them in the source system.',
      };
    });
}

import type { QualityFinding, QualityResult } from '#shared/contract/quality.ts';
import { formatDate, formatNumber, formatShare } from '#shared/report/format.ts';
import { plainMonth } from './volumes.ts';

type Parts = Omit<QualityResult, 'findings' | 'asOf'>;
/** Weight sorts findings of one severity: roughly the rows or people concerned. */
type Weighed = QualityFinding & { readonly weight: number };

const mostPerTopic = 12;
const order = { act: 0, look: 1, note: 2 } as const;

function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

function monthWords(month: string): string {
  return plainMonth(Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1);
}

function freshness({ freshness: kinds }: Parts): Weighed[] {
  return kinds.flatMap((kind): Weighed[] => {
    const found: Weighed[] = [];
    const common = { topic: 'freshness' as const, kind: kind.kind };
    if (kind.lateDays !== null && kind.lateDays > 0 && kind.cadenceDays !== null) {
      found.push({
        ...common,
        severity: kind.lateDays > kind.cadenceDays ? 'act' : 'look',
        weight: kind.lateDays,
        title: `${kind.label} are ${plural(kind.lateDays, 'day')} late`,
        meaning: `They come about every ${plural(kind.cadenceDays, 'day')}, and the last ${kind.to === null ? 'import is older' : `day held is ${formatDate(kind.to)}`}. Figures of later days leave out what has not arrived.`,
        action: 'Ask whoever runs the extract for the next one, and import it.',
      });
    }
    if (kind.rowsAhead > 0) {
      found.push({
        ...common,
        severity: 'act',
        weight: kind.rowsAhead,
        title: `${kind.label}: ${plural(kind.rowsAhead, 'row')} of days after they were imported`,
        meaning: 'They cannot have happened yet. A date read in the wrong order, or a wrong year, does this.',
        action: 'Look at the dates of the newest batches. If their order was misread, undo them and import them again.',
      });
    }
    return found;
  });
}

function unknown({ freshness: kinds }: Parts): Weighed[] {
  const concerned = kinds.filter((kind) => kind.unknownPeople > 0 && kind.rows > 0);
  return concerned.map((kind) => {
    const share = kind.unknownRows / kind.rows;
    return {
      topic: 'checks',
      kind: kind.kind,
      severity: share >= 0.02 ? 'act' : 'look',
      weight: kind.unknownRows,
      title: `${kind.label}: ${plural(kind.unknownPeople, 'person is', 'people are')} not among the imported people`,
      meaning: `${plural(kind.unknownRows, 'row')} (${formatShare(share, 1)}) belong to nobody whose unit, role and service are known, so they are missing from every figure by unit or role.`,
      action:
        'Import a people extract that reaches as far back as these rows, and other references (such as collar numbers) before the rows that use them.',
    };
  });
}

function coverage({ coverage: kinds }: Parts): Weighed[] {
  return kinds.flatMap((kind): Weighed[] => {
    const cells = kind.units.flatMap((unit) =>
      unit.gaps.flatMap((gap, at) =>
        gap === null ? [] : [{ unit: unit.unit, gap, month: kind.months[at] ?? '', people: unit.people[at] ?? 0 }],
      ),
    );
    const empty = cells.filter((cell) => cell.gap === 'none');
    const low = cells.filter((cell) => cell.gap === 'low');
    const name = (some: typeof cells): string => {
      const units = [...new Set(some.map((cell) => cell.unit))];
      const months = [...new Set(some.map((cell) => cell.month))].sort();
      const shownUnits = units.length > 3 ? `${plural(units.length, 'unit')}` : units.join(', ');
      const when =
        months.length === 1
          ? monthWords(months[0] ?? '')
          : `${plural(months.length, 'month')} from ${monthWords(months[0] ?? '')} to ${monthWords(months.at(-1) ?? '')}`;
      return `${shownUnits}, ${when}`;
    };
    const common = { topic: 'coverage' as const, kind: kind.kind };
    const found: Weighed[] = [];
    if (empty.length > 0) {
      found.push({
        ...common,
        severity: 'act',
        weight: empty.reduce((sum, cell) => sum + cell.people, 0),
        title: `${kind.label}: no rows for ${name(empty)}`,
        meaning:
          'In other months many of the same unit have rows, so these are most likely missing from the extract. Rates of these units and months are too low.',
        action: 'Ask for the extract of these months again, and check that it covers every unit.',
      });
    }
    if (low.length > 0) {
      found.push({
        ...common,
        severity: 'look',
        weight: low.reduce((sum, cell) => sum + cell.people, 0),
        title: `${kind.label}: far fewer people with rows than usual in ${name(low)}`,
        meaning: 'A third or less of the usual share of people have a row. Part of the extract may be missing.',
        action: 'Compare the number of rows with the source system for these months.',
      });
    }
    return found;
  });
}

function missing({ missing: columns }: Parts): Weighed[] {
  const stopped = columns.filter((column) => column.stoppedSince !== null);
  return stopped.map((column) => ({
    topic: 'missing',
    kind: column.kind,
    severity: 'act',
    weight: column.empty,
    title: `${column.label}: ${column.column} is no longer filled since ${monthWords(column.stoppedSince ?? '')}`,
    meaning: `${column.meaning}. It was mostly filled before, so what rests on it stops there.`,
    action:
      'Check whether the source system renamed the column, and correct the mapping. Then import those months again.',
  }));
}

function codes({ codes: changes }: Parts): Weighed[] {
  const words = {
    appeared: { title: 'is new', meaning: 'A code without a rule is left out of every count.' },
    vanished: {
      title: 'is no longer used',
      meaning: 'What it stood for may now have another code, which then has no rule.',
    },
    more: { title: 'is used far more', meaning: 'It may have taken over from another code, or recording has changed.' },
    less: { title: 'is used far less', meaning: 'Another code may have taken over, or recording has changed.' },
  } as const;
  return changes.map((change) => ({
    topic: 'codes',
    kind: change.kind,
    severity: change.change === 'vanished' ? 'look' : change.change === 'appeared' ? 'look' : 'note',
    weight: change.rows,
    title: `${change.label}: ${change.column} “${change.code}” ${words[change.change].title}`,
    meaning: `${plural(change.rows, 'row')} from ${formatDate(change.from)} to ${formatDate(change.to)}; ${formatShare(change.shareBefore, 1)} of rows before, ${formatShare(change.shareNow, 1)} in the last three months. ${words[change.change].meaning}`,
    action: 'Ask what changed in the source system, and say in the code rules or the mapping what the code means now.',
  }));
}

function volumes({ volumes: kinds }: Parts): Weighed[] {
  return kinds.flatMap((kind) => {
    const current = kind.signals.filter((signal) => signal.current);
    const [first] = current;
    if (!first) return [];
    const low = current.some((signal) => signal.direction === 'low');
    return [
      {
        topic: 'volumes' as const,
        kind: kind.kind,
        severity: low ? ('look' as const) : ('note' as const),
        weight: kind.rows.reduce((sum, rows) => sum + rows, 0),
        title: `${kind.label}: ${[...new Set(current.map((signal) => signal.words))].join('; ')}`,
        meaning: `${kind.measure === 'rate' ? 'Rows for each 100 people in post' : 'Rows a month'} differ from the usual by more than chance. Recording may have changed, part of the extract may be missing, or there really is ${low ? 'less' : 'more'}.`,
        action: 'Compare with the source system before reading it as a change in the work.',
      },
    ];
  });
}

function duplicates({ duplicates: found }: Parts): Weighed[] {
  const near = found.near
    .filter((entry) => entry.cases > 0)
    .map(
      (entry): Weighed => ({
        topic: 'duplicates',
        kind: entry.kind,
        severity: 'look',
        weight: entry.cases,
        title: `${entry.label}: ${plural(entry.cases, 'case')} of ${entry.what}`,
        meaning: 'Each counts once more than it should if it is the same event entered twice.',
        action:
          'Look at a few in the source system. If they are one event, correct it there and import the period again.',
      }),
    );
  const doubled = found.batches.filter((batch) => batch.read >= 20 && batch.duplicate / batch.read >= 0.5);
  if (doubled.length === 0) return near;
  return [
    ...near,
    {
      topic: 'duplicates',
      kind: null,
      severity: 'note',
      weight: doubled.length,
      title: `${plural(doubled.length, 'batch', 'batches')} brought mostly rows that were held already`,
      meaning: 'Nothing is counted twice: equal rows count once. It may be that the wrong file was imported.',
      action: 'Check that the file of the period that you meant is there; undo a batch that was a mistake.',
    },
  ];
}

function notes({ notes: noted }: Parts): Weighed[] {
  const kept = new Map<string, { count: number; batches: number; message: string; kind: string }>();
  // Who is not among the people is told from what is held now, not from what was so when the file came.
  for (const entry of noted.filter(({ code }) => code !== 'UNKNOWN_PERSON')) {
    const name = `${entry.kind} ${entry.code}`;
    const before = kept.get(name) ?? { count: 0, batches: 0, message: entry.message, kind: entry.kind };
    kept.set(name, { ...before, count: before.count + entry.count, batches: before.batches + 1 });
  }
  return [...kept.values()].map((entry) => ({
    topic: 'checks',
    kind: entry.kind,
    severity: 'note',
    weight: entry.count,
    title: `${plural(entry.count, 'row')} of ${entry.kind.replaceAll('_', ' ')} noted in ${plural(entry.batches, 'batch', 'batches')}: ${entry.message.split('.')[0] ?? ''}`,
    meaning: 'The rows were kept as they came.',
    action: 'List them below, and correct them in the source system.',
  }));
}

/** What there is to know, worst first: by severity, then by how much it concerns. */
export function findingsOf(parts: Parts): QualityFinding[] {
  const topics = [freshness, unknown, coverage, missing, volumes, codes, duplicates, notes].map((topic) =>
    topic(parts)
      .sort((a, b) => order[a.severity] - order[b.severity] || b.weight - a.weight)
      .slice(0, mostPerTopic),
  );
  return topics
    .flat()
    .map((finding, at) => ({ finding, at }))
    .sort((a, b) => order[a.finding.severity] - order[b.finding.severity] || a.at - b.at)
    .map(({ finding: { weight: _, ...finding } }) => finding);
}

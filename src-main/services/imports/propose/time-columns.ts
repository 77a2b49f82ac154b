import type { ExtractColumn } from '#shared/domain/extract-kinds/index.ts';
import { type Match, matchesFor } from './assign.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Draft } from './draft.ts';
import { bestPhrase, nameJudge } from './name-score.ts';
import { phrasesFrom } from './vocabulary.ts';

const clockWords = new Set(['time', 'hours', 'clock', 'date', 'day']);
const generalDate = new Set([
  'date',
  'day',
  'duty',
  'shift',
  'incident',
  'log',
  'created',
  'received',
  'opening',
  'time',
  'roster',
  'rostered',
  'work',
  'working',
  'event',
  'call',
  'report',
  'start',
  'session',
  'occurred',
]);

const telling = (profile: ColumnProfile): string[] => profile.tokens.filter((token) => !clockWords.has(token));

export function isDateColumn(profile: ColumnProfile): boolean {
  return (profile.date?.share ?? 0) >= 0.6 || profile.serial >= 0.6;
}

/** How closely a date column belongs to a column of times of day: the same words, then a date of the whole row. */
function kinship(date: ColumnProfile, clock: ColumnProfile): number {
  const ownWords = telling(clock);
  const dateWords = telling(date);
  const shared = ownWords.filter((token) => dateWords.includes(token)).length;
  const same = shared === ownWords.length && shared === dateWords.length;
  const general = date.tokens.every((token) => generalDate.has(token)) ? 0.3 : 0;
  const near = 0.1 / (1 + Math.abs(date.index - clock.index));
  return (same ? 1 : 0) + (ownWords.length > 0 ? (0.6 * shared) / ownWords.length : 0) + general + near;
}

function partner(draft: Draft, clock: ColumnProfile): ColumnProfile | null {
  const dates = draft.evidence.profiles.filter(
    (profile) => isDateColumn(profile) && profile.tokens.every((token) => token !== 'birth'),
  );
  const ranked = dates.map((date) => ({ date, kin: kinship(date, clock) })).sort((a, b) => b.kin - a.kin);
  const [best, second] = ranked;
  // The only date there is, or the day of the whole row.
  return best && (best.kin > 0.15 || second === undefined) ? best.date : null;
}

function noteDates(draft: Draft, column: string, profile: ColumnProfile): void {
  draft.dates.push([column, profile]);
  if (profile.date) draft.mend(column, ...profile.date.rules);
  if (profile.serial > 0.02 && !draft.evidence.dateColumns.has(profile.index)) draft.mend(column, 'excel-serial');
}

/** Column before this one in time, where the kind has such a pair. */
function earlierOf(draft: Draft, column: ExtractColumn): string | undefined {
  return draft.kind.orders?.find((order) => order.last === column.name)?.first;
}

/** Takes a column of times: as it stands, or put together from a date and a time of day. */
export function takeTime(draft: Draft, column: ExtractColumn, match: Match): void {
  const judge = nameJudge(draft.kind);
  const { profile } = match;
  if (!match.clock) {
    const clock = (profile.date?.timed ?? 0) < 0.2 && profile.serial < 0.3 ? clockFor(draft, column, profile) : null;
    if (clock === null) {
      draft.take(column.name, profile, match.score, reasonOf(match));
      noteDates(draft, column.name, profile);
      return;
    }
    putTogether(draft, column, profile, clock, match.score);
    return;
  }
  const own = matchesFor(column, draft.evidence.profiles, judge).find(
    (candidate) => !candidate.clock && isDateColumn(candidate.profile) && kinship(candidate.profile, profile) > 0.5,
  );
  const date = own?.profile ?? partner(draft, profile);
  if (date === null) {
    const earlier = earlierOf(draft, column);
    if (earlier === undefined || !draft.sureness.has(earlier)) {
      draft.drop(column.name);
      return;
    }
    draft.combine[column.name] = { date: null, time: profile.name, after: earlier };
    draft.note(column.name, profile, match.score * 0.9, `a time of day; its day is that of ${earlier}, or the next`);
    return;
  }
  putTogether(draft, column, date, profile, match.score);
}

/** The column of times of day that goes with a date. */
function clockFor(draft: Draft, column: ExtractColumn, date: ColumnProfile): ColumnProfile | null {
  const judge = nameJudge(draft.kind);
  const clocks = draft.evidence.profiles.filter(
    (profile) =>
      profile.index !== date.index &&
      profile.filled > 0 &&
      (profile.clock >= 0.6 || (profile.looseClock >= 0.9 && profile.tokens.includes('time'))),
  );
  const ranked = clocks
    .map((clock) => ({ clock, kin: kinship(date, clock), name: judge(column, clock) }))
    .filter(
      ({ clock, kin, name }) =>
        kin >= 1 ||
        (kin >= 0.6 && telling(clock).length > 0) ||
        name > 0.6 ||
        (telling(clock).length === 0 && clocks.length === 1),
    )
    .sort((a, b) => b.kin + b.name - (a.kin + a.name));
  const best = ranked[0]?.clock ?? null;
  if (best === null) return null;
  const others = [...draft.matches.values()].some(
    (match) => match.profile === best && match.column.name !== column.name,
  );
  return others ? null : best;
}

const firstClocks = phrasesFrom(
  'created | time created | received | call time | call received | log time | incident time | opened | opening | reported | report time | assigned | dispatched | enroute | mobilised',
);

/** Time of day by which an arrival may be known to lie past midnight: when the call came, or somebody was sent. */
function earlierClock(
  draft: Draft,
  column: ExtractColumn,
  date: ColumnProfile,
  clock: ColumnProfile,
): ColumnProfile | null {
  if (column.name !== 'arrived_at') return null;
  const ranked = draft.evidence.profiles
    .filter((profile) => profile.index !== clock.index && profile.index !== date.index)
    .filter((profile) => profile.clock >= 0.6 || (profile.looseClock >= 0.9 && profile.tokens.includes('time')))
    .map((profile) => ({ profile, score: bestPhrase(profile.tokens, firstClocks) }))
    .filter(({ score }) => score > 0.5)
    .sort((a, b) => b.score - a.score);
  return ranked[0]?.profile ?? null;
}

function putTogether(
  draft: Draft,
  column: ExtractColumn,
  date: ColumnProfile,
  clock: ColumnProfile,
  confidence: number,
): void {
  const earlier = earlierOf(draft, column);
  const earlierDate = earlier === undefined ? undefined : (draft.combine[earlier]?.date ?? draft.columns[earlier]);
  // An end that has no day of its own is of the day of the start, or of the next where it would lie before it.
  const follows = earlier !== undefined && earlierDate === date.name && draft.sureness.has(earlier);
  const first = follows || (date.date?.timed ?? 0) > 0.5 ? null : earlierClock(draft, column, date, clock);
  draft.combine[column.name] = {
    date: date.name,
    time: clock.name,
    ...(follows ? { after: earlier } : {}),
    ...(first ? { afterTime: first.name } : {}),
  };
  if (first) draft.used.add(first.index);
  delete draft.columns[column.name];
  draft.used.add(date.index);
  draft.note(
    column.name,
    clock,
    confidence,
    `the day in “${date.name}” and the time of day in “${clock.name}”${follows ? ', the next day where it lies before the start' : ''}`,
  );
  draft.used.add(date.index);
  noteDates(draft, column.name, date);
  if (date.nullWords.length + clock.nullWords.length > 0) draft.mend(column.name, 'null-words');
}

/** Takes a column of dates. */
export function takeDate(draft: Draft, column: ExtractColumn, match: Match): void {
  draft.take(column.name, match.profile, match.score, reasonOf(match));
  noteDates(draft, column.name, match.profile);
  const { date, serial } = match.profile;
  if ((date?.timed ?? 0) > 0 || serial > 0.02) draft.mend(column.name, 'day-of-time');
}

/** Why a column of the file was taken, in words. */
export function reasonOf(match: Match): string {
  const said =
    match.name > 1
      ? 'it carries the name itself'
      : match.name > 0.85
        ? 'its name says so'
        : match.name > 0.6
          ? 'its name comes close'
          : 'its name hints at it';
  const { profile } = match;
  if (profile.filled === 0) return `${said}; it is empty in the rows seen`;
  const percent = Math.round(match.fit * 100);
  const type = match.column.type;
  if (type === 'date' || type === 'time')
    return `${said}, and ${percent}% of its values read as ${profile.serial > 0.5 ? 'serial dates of Excel' : 'dates'}`;
  if (type === 'number' || type === 'integer') return `${said}, and ${percent}% of its values read as numbers`;
  if (type === 'flag' || type === 'sealed-flag' || type === 'choice' || type === 'category')
    return `${said}, and ${percent}% of its values are known`;
  return profile.values.length === 1
    ? `${said}; one value throughout`
    : `${said}; ${profile.values.length} different values seen`;
}

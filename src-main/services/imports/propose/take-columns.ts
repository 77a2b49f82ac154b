import type { ExtractColumn } from '#shared/domain/extract-kinds/index.ts';
import type { Match } from './assign.ts';
import { categoryOf } from './category-words.ts';
import { choiceOf, flagOf } from './choice-words.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Draft } from './draft.ts';
import { bestPhrase } from './name-score.ts';
import { reasonOf, takeDate, takeTime } from './time-columns.ts';
import { vocabularies } from './vocabulary.ts';

const openEnded = new Set(['end', 'to', 'service_end', 'withdrawn_on']);
const readFlag = /^(?:1|0|y|n|yes|no|true|false)$/i;

/** Takes every canonical column that was matched, in the order of the kind, each as its type asks. */
export function takeColumns(draft: Draft): void {
  for (const column of draft.kind.columns) {
    const match = draft.matches.get(column.name);
    if (match) takeColumn(draft, column, match);
  }
}

export function takeColumn(draft: Draft, column: ExtractColumn, match: Match): void {
  const { profile } = match;
  switch (column.type) {
    case 'time':
      takeTime(draft, column, match);
      break;
    case 'date':
      takeDate(draft, column, match);
      break;
    case 'number':
    case 'integer':
      draft.take(column.name, profile, match.score, reasonOf(match));
      mendNumber(draft, column, profile);
      break;
    case 'flag':
    case 'sealed-flag':
      draft.take(column.name, profile, match.score, reasonOf(match));
      meanFlag(draft, column, profile);
      break;
    case 'choice':
      draft.take(column.name, profile, match.score, reasonOf(match));
      meanChoice(draft, column, profile);
      break;
    case 'category':
      draft.take(column.name, profile, match.score, reasonOf(match));
      meanCategory(draft, column, profile);
      break;
    case 'codes':
      takeCodes(draft, column, match);
      break;
    default:
      draft.take(column.name, profile, match.score, reasonOf(match));
  }
  if (openEnded.has(column.name) && match.name <= 1) draft.mend(column.name, 'open-end');
  else if (profile.openEnds > 0 && (column.type === 'date' || column.type === 'time'))
    draft.mend(column.name, 'open-end');
}

function mendNumber(draft: Draft, column: ExtractColumn, profile: ColumnProfile): void {
  draft.mend(column.name, ...profile.numberRules);
  if (profile.clock > 0.3 && profile.number < 0.9) draft.mend(column.name, 'minutes-of-clock');
}

export function meanFlag(draft: Draft, column: ExtractColumn, profile: ColumnProfile): void {
  const odd = profile.values.filter(([text]) => !readFlag.test(text));
  if (odd.length === 0) return;
  const meanings: Record<string, string> = {};
  for (const [text] of profile.values) {
    if (readFlag.test(text)) continue;
    const meant = flagOf(text) ?? (profile.values.length === 1 ? '1' : null);
    if (meant !== null) meanings[text] = meant;
  }
  draft.values[column.name] = { ...draft.values[column.name], ...meanings };
}

/** An appointment that was completed is a contact that was kept, not the end of the episode. */
function stepOfAppointment(profile: ColumnProfile, text: string): string | null {
  const isAppointment = profile.tokens.some((token) => ['appointment', 'attendance', 'session'].includes(token));
  return isAppointment && /^complet/i.test(text) ? 'engaged' : null;
}

export function meanChoice(draft: Draft, column: ExtractColumn, profile: ColumnProfile): void {
  const meanings: Record<string, string> = {};
  let unknown = 0;
  for (const [text] of profile.values) {
    const meant = stepOfAppointment(profile, text) ?? choiceOf(column, text) ?? null;
    if (meant === null) unknown += 1;
    else if (text.toLowerCase().replace(/[\s-]+/g, '_') !== meant) meanings[text] = meant;
  }
  if (Object.keys(meanings).length > 0) draft.values[column.name] = { ...draft.values[column.name], ...meanings };
  // A stray value is for a person to decide on; a column that mostly says something else is left empty there.
  if (unknown > profile.values.length / 2 && !column.required) draft.mend(column.name, 'empty-if-unreadable');
}

function meanCategory(draft: Draft, column: ExtractColumn, profile: ColumnProfile): void {
  const meanings: Record<string, string> = {};
  for (const [text] of profile.values) {
    const meant = categoryOf(text);
    if (meant !== null && meant !== text.toUpperCase()) meanings[text] = meant;
  }
  if (Object.keys(meanings).length > 0) draft.values[column.name] = meanings;
}

const separators = [';', '|', '\n', ' / ', '/', ',', ' + ', '+', '&', '~'];

/** What stands between several codes in one cell, or null where there is one code in each. */
export function separatorOf(profile: ColumnProfile): string | null {
  const all = profile.values.reduce((sum, [, count]) => sum + count, 0);
  for (const separator of separators) {
    const split = profile.values.filter(([text]) => text.includes(separator));
    const rows = split.reduce((sum, [, count]) => sum + count, 0);
    if (rows === 0 || (rows < all * 0.03 && separator !== ';' && separator !== '|')) continue;
    if (separator === ';' || separator === '|' || separator === '\n') return separator;
    const whole = new Set(profile.values.filter(([text]) => !text.includes(separator)).map(([text]) => text));
    const parts = split
      .flatMap(([text]) => text.split(separator).map((part) => part.trim()))
      .filter((part) => part !== '');
    const counts = new Map<string, number>();
    for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
    const known = parts.filter(
      (part) => whole.has(part) || (counts.get(part) ?? 0) > 1 || /^(?:[A-Z]*\d+[A-Z]?|[A-Z]{1,5})$/.test(part),
    ).length;
    if (known >= parts.length * 0.5) return separator;
  }
  return null;
}

/** Codes in one cell or in several columns: closing code, second code, qualifiers. */
function takeCodes(draft: Draft, column: ExtractColumn, match: Match): void {
  const separator = separatorOf(match.profile);
  draft.take(column.name, match.profile, match.score, reasonOf(match));
  const more = sisters(draft, column, match.profile);
  const between = separator ?? more.map(separatorOf).find((found) => found !== null) ?? null;
  if (between !== null && between !== ';') draft.separators[column.name] = between;
  if (between !== null)
    draft.note(
      column.name,
      match.profile,
      match.score,
      `${reasonOf(match)}; several codes in one cell, “${between === '\n' ? 'line break' : between}” between them`,
    );
  if (more.length === 0) return;
  const parts = [match.profile, ...more].sort((a, b) => a.index - b.index);
  draft.joins[column.name] = parts.map((part) => part.name);
  for (const part of more) draft.used.add(part.index);
  draft.note(
    column.name,
    match.profile,
    match.score,
    `put together from ${parts.map((part) => `“${part.name}”`).join(', ')}`,
  );
}

/** Columns that hold further codes of the same list: `Close Code 2`, `Qualifier 1`. */
function sisters(draft: Draft, column: ExtractColumn, first: ColumnProfile): ColumnProfile[] {
  const words = vocabularies.get(draft.kind.kind);
  const bare = (profile: ColumnProfile): string => profile.tokens.filter((token) => !/^\d+$/.test(token)).join(' ');
  const taken = new Set([...draft.matches.values()].map((match) => match.profile.index));
  return draft.free().filter((profile) => {
    if (profile.index === first.index || taken.has(profile.index)) return false;
    if (column.name === 'closed_codes' && profile.tokens.includes('opening')) return false;
    if (bare(profile) === bare(first) && bare(profile) !== '') return true;
    const isQualifier = column.name === 'closed_codes' && profile.tokens.includes('qualifier');
    return (
      isQualifier ||
      (/\d$/.test(profile.name) &&
        bestPhrase(profile.tokens, words?.columns.get(column.name) ?? [], words?.context) > 0.55 &&
        profile.longest <= 80)
    );
  });
}

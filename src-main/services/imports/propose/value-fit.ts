import type { ExtractColumn } from '#shared/domain/extract-kinds/index.ts';
import { categoryOf } from './category-words.ts';
import { choiceOf } from './choice-words.ts';
import type { ColumnProfile } from './column-profile.ts';

/** How well the values of a column suit a canonical column, 0 to 1. A column without values is judged by its name alone. */
export function valueFit(profile: ColumnProfile, column: ExtractColumn): number {
  if (profile.filled === 0) return profile.openEnds > 0 || profile.rows === 0 ? 0.8 : 0.5;
  const { date } = profile;
  const dates = date?.share ?? 0;
  switch (column.type) {
    case 'person':
    case 'alias':
    case 'token':
      return personFit(profile);
    case 'reference':
      if (dates > 0.5 && (date?.timed ?? 0) > 0) return 0;
      return profile.identity > 0.3 || profile.longest > 120 ? 0 : profile.clock > 0.8 ? 0 : 1;
    case 'date':
      return Math.max(dates, profile.serial * 0.9, profile.openEnds > 0 && profile.values.length === 0 ? 0.9 : 0);
    case 'time':
      return Math.max(dates * (0.8 + 0.2 * (date?.timed ?? 0)), profile.serial * 0.85);
    case 'integer':
      return column.name === 'birth_year' ? Math.max(profile.number, dates, profile.serial) : profile.number;
    case 'number':
      return Math.max(profile.number, profile.clock * 0.7);
    case 'flag':
    case 'sealed-flag':
      return Math.max(profile.flag, flagShape(profile));
    case 'choice':
      return shareOf(profile, (text) => choiceOf(column, text) !== null);
    case 'category':
      return Math.max(
        0.25,
        shareOf(profile, (text) => categoryOf(text) !== null),
      );
    case 'code':
    case 'codes':
      return codeFit(profile, column.name, column.type === 'codes' ? 400 : 80);
    case 'text':
    case 'sealed':
      return dates > 0.8 || profile.clock > 0.8 ? 0.2 : 1;
  }
}

function shareOf(profile: ColumnProfile, test: (text: string) => boolean): number {
  let met = 0;
  let all = 0;
  for (const [text, count] of profile.values) {
    all += count;
    if (test(text)) met += count;
  }
  return all === 0 ? 0 : met / all;
}

function personFit(profile: ColumnProfile): number {
  const { date } = profile;
  if (profile.identity > 0.3 || profile.names > 0.3 || profile.longest > 100) return 0;
  if (date && date.share > 0.5 && profile.number < 0.5) return 0;
  if (profile.clock > 0.5 || profile.wordy > 0.5) return 0.1;
  if (profile.flag > 0.9 && profile.rows > 4) return 0.1;
  return 1;
}

/** Codes of which a file holds few: what differs in every row is a reference. */
const fewValued = new Set(['pilot', 'service', 'programme', 'wave', 'cluster', 'arm', 'stratum', 'instrument']);

function codeFit(profile: ColumnProfile, column: string, longest: number): number {
  const { date } = profile;
  if (profile.identity > 0.3 || profile.names > 0.4) return 0;
  if (date && date.share > 0.5 && profile.number < 0.5) return 0.2;
  if (profile.clock > 0.8) return 0.2;
  if (profile.longest > longest) return 0;
  if (fewValued.has(column) && profile.rows > 5 && profile.unique > 0.8) return 0.2;
  // Free text: long, and different in nearly every row.
  if (profile.rows > 15 && profile.averageLength > 45 && profile.unique > 0.8) return 0.1;
  return 1;
}

/** One mark, or a mark and nothing: how a flag may look without yes and no. */
function flagShape(profile: ColumnProfile): number {
  return profile.values.length <= 2 && profile.longest <= 12 && profile.number < 1 ? 0.4 : 0;
}

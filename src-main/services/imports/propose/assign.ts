import { normaliseColumnName } from '#main/files/sniff-columns.ts';
import type { ExtractColumn, ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import type { ColumnProfile } from './column-profile.ts';
import { type NameJudge, nameJudge } from './name-score.ts';
import { valueFit } from './value-fit.ts';

export type Match = {
  readonly column: ExtractColumn;
  readonly profile: ColumnProfile;
  /** How well the header names the column, and how well the values suit it. */
  readonly name: number;
  readonly fit: number;
  readonly score: number;
  /** Whether the values are times of day, which need a date from elsewhere. */
  readonly clock: boolean;
};

const leastScore = 0.4;
const leastFit = 0.5;

function isClock(profile: ColumnProfile): boolean {
  if (profile.filled === 0) return false;
  if (profile.clock >= 0.6) return true;
  const saysTime = profile.tokens.some((token) => ['time', 'on', 'off', 'start', 'end'].includes(token));
  return profile.looseClock >= 0.9 && saysTime && (profile.date?.share ?? 0) < 0.5;
}

/** A column whose values are those of a list says what it is, whatever its name. */
function nameByValues(column: ExtractColumn, profile: ColumnProfile): number {
  if (profile.values.length < 2 || profile.number > 0.5) return 0;
  if (column.type === 'category') return valueFit(profile, column) >= 0.6 ? 0.55 : 0;
  if (column.name !== 'proximity' && column.name !== 'member') return 0;
  return valueFit(profile, column) >= 0.9 ? 0.45 : 0;
}

/** Every column of the file that could be a canonical column, best first. */
export function matchesFor(
  column: ExtractColumn,
  profiles: readonly ColumnProfile[],
  judge: NameJudge,
  trusted = false,
): Match[] {
  const matches: Match[] = [];
  for (const profile of profiles) {
    const name = Math.max(judge(column, profile), nameByValues(column, profile));
    if (name === 0) continue;
    const clock = column.type === 'time' && isClock(profile);
    const fit = clock ? 0.85 : valueFit(profile, column);
    const floor = column.type === 'category' ? 0.2 : leastFit;
    const score = Math.min(1, name) * (0.35 + 0.65 * fit) + (name > 1 ? 0.1 : 0);
    // A canonical file is taken at its word, whatever its values.
    if (!(name > 1 && trusted) && (fit < floor || score < leastScore)) continue;
    matches.push({ column, profile, name, fit, score, clock });
  }
  return matches.sort((a, b) => b.score - a.score || a.profile.index - b.profile.index);
}

/** The best column of the file for each canonical column: the surest pairs first, each column of the file once. */
export function assign(kind: ExtractKind, profiles: readonly ColumnProfile[]): Map<string, Match> {
  const judge = nameJudge(kind);
  const names = new Set(kind.columns.map((column) => column.name));
  const own = profiles.filter((profile) => names.has(normaliseColumnName(profile.name))).length;
  const trusted = own >= profiles.length * 0.6;
  const all = kind.columns.flatMap((column) => matchesFor(column, profiles, judge, trusted));
  const worth = (match: Match): number => match.score + (match.column.required ? 0.03 : 0);
  all.sort((a, b) => worth(b) - worth(a) || a.profile.index - b.profile.index);
  const assigned = new Map<string, Match>();
  const taken = new Set<number>();
  for (const match of all) {
    if (assigned.has(match.column.name) || taken.has(match.profile.index)) continue;
    assigned.set(match.column.name, match);
    taken.add(match.profile.index);
  }
  return assigned;
}

import type { ExtractColumn } from '#shared/domain/extract-kinds/index.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Draft } from './draft.ts';

/** The kind's own column of that name. */
export function columnOf(draft: Draft, name: string): ExtractColumn {
  const column = draft.kind.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`${draft.kind.kind} has no column ${name}`);
  return column;
}

/** Whether a header has one of these words. */
export const has = (profile: ColumnProfile, ...tokens: readonly string[]): boolean =>
  tokens.some((token) => profile.tokens.includes(token));

/** Minutes from hours, by the name of the column or by what stands in it. */
export function hoursToMinutes(draft: Draft, name: string): void {
  const profile = draft.matches.get(name)?.profile;
  if (!profile || draft.columns[name] === undefined) return;
  if (draft.rules[name]?.includes('minutes-of-clock') && profile.number < 0.5) return;
  const saysMinutes = has(profile, 'minutes');
  const saysHours = has(profile, 'hours');
  const looksHours = !saysMinutes && profile.filled > 0 && profile.number > 0.5 && profile.most <= 24 && !profile.whole;
  if (!saysHours && !looksHours) return;
  draft.scale[name] = 60;
  draft.note(
    name,
    profile,
    draft.sureness.get(name) ?? 0.8,
    saysHours ? 'hours, made into minutes' : 'numbers so small and broken that they are hours, made into minutes',
  );
}

import type { Draft } from './draft.ts';
import { columnOf, has } from './draft-helpers.ts';
import { bestPhrase } from './name-score.ts';
import { phrasesFrom } from './vocabulary.ts';

export function fillFrom(draft: Draft, name: string, others: readonly string[]): void {
  if (draft.matches.has(name)) return;
  const source = others.map((other) => draft.matches.get(other)).find((match) => match !== undefined);
  if (source)
    draft.matches.set(name, {
      ...source,
      column: columnOf(draft, name),
      score: source.score * 0.6,
      name: Math.min(source.name, 0.6),
    });
}

export function completePeople(draft: Draft): void {
  scaleFte(draft);
  const birth = draft.matches.get('birth_year');
  if (birth) {
    const { profile } = birth;
    const isDate =
      (profile.date?.share ?? 0) > 0.5 || profile.serial > 0.5 || (profile.filled > 0 && profile.most > 2_100);
    if (isDate) {
      draft.mend('birth_year', ...(profile.date?.rules ?? []), 'year-of-date');
      if (profile.serial > 0.02 && !draft.evidence.dateColumns.has(profile.index))
        draft.mend('birth_year', 'excel-serial');
      draft.dates.push(['birth_year', profile]);
      draft.note('birth_year', profile, 0.95, 'only the year of the date of birth is kept');
    }
  }
  joinNames(draft);
  fillUnit(draft);
}

/** A surname and a forename, sealed as one name. */
function joinNames(draft: Draft): void {
  const surname = draft.evidence.profiles.find(
    (profile) => bestPhrase(profile.tokens, phrasesFrom('surname | last name | family name')) > 0.9,
  );
  const forename = draft.evidence.profiles.find(
    (profile) => bestPhrase(profile.tokens, phrasesFrom('forename | first name | given name')) > 0.9,
  );
  if (!surname || !forename) return;
  draft.joins['name'] = [forename.name, surname.name];
  delete draft.columns['name'];
  draft.used.add(forename.index);
  draft.note('name', surname, 0.95, `“${forename.name}” and “${surname.name}”, sealed for clinicians on the way in`);
}

function fillUnit(draft: Draft): void {
  if (draft.columns['unit'] !== undefined || draft.columns['role'] === undefined) return;
  draft.fill('unit', 'not given', 0.3, 'no column names a unit');
}

/** Hours of a contract and per cents into full-time equivalents. */
export function scaleFte(draft: Draft): void {
  const match = draft.matches.get('fte');
  if (!match) return;
  const { profile } = match;
  if (profile.filled === 0 || profile.most <= 1.5) return;
  const isHours = has(profile, 'hours', 'weekly', 'week') || profile.most <= 60;
  if (!isHours || (has(profile, 'fte', 'wte') && profile.most > 45)) {
    draft.scale['fte'] = 0.01;
    draft.note('fte', profile, match.score * 0.9, 'per cent of full time');
    return;
  }
  const full = profile.values.filter(([text]) => Number(text) > 30).sort((a, b) => b[1] - a[1])[0]?.[0];
  const hours = Number(full ?? 40) || 40;
  draft.scale['fte'] = Math.round(1e6 / hours) / 1e6;
  draft.note('fte', profile, match.score * 0.8, `hours of the contract, ${hours} a week being full time`);
}

export function completeAliases(draft: Draft): void {
  if (draft.columns['type'] !== undefined) return;
  const alias = draft.matches.get('alias')?.profile;
  const type =
    alias && has(alias, 'warrant')
      ? 'warrant'
      : alias && has(alias, 'oh', 'occupational', 'health')
        ? 'oh'
        : alias && has(alias, 'token')
          ? 'survey token'
          : 'collar';
  draft.fill('type', type, 0.8, 'the name of its column says so');
}

import { choiceOf } from './choice-words.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Draft } from './draft.ts';
import { columnOf, has } from './draft-helpers.ts';
import { bestPhrase } from './name-score.ts';
import { meanChoice } from './take-columns.ts';
import { valueFit } from './value-fit.ts';
import { phrasesFrom, vocabularies } from './vocabulary.ts';
import { eventMoment } from './words/exposures.ts';

/** What arrived is worth more than when somebody was sent; a record system has only the day of the occurrence. */
export function arrivalOf(draft: Draft): void {
  if (draft.matches.has('arrived_at')) return;
  const column = columnOf(draft, 'arrived_at');
  const phrases = phrasesFrom(eventMoment);
  const context = vocabularies.get('attendances')?.context;
  const ranked = draft.evidence.profiles
    .filter((profile) => (profile.date?.share ?? 0) >= 0.6 || profile.serial >= 0.6)
    .filter((profile) => !has(profile, 'birth', 'updated', 'closed', 'filed', 'review'))
    .map((profile) => ({ profile, score: bestPhrase(profile.tokens, phrases, context) }))
    .filter(({ score }) => score > 0.4)
    .sort((a, b) => b.score - a.score);
  const best = ranked[0];
  if (!best) return;
  draft.matches.set('arrived_at', {
    column,
    profile: best.profile,
    name: best.score * 0.6,
    fit: valueFit(best.profile, column),
    score: 0.55,
    clock: false,
  });
  draft.isGuess = !draft.matches.has('role') && (draft.matches.get('person_ref')?.name ?? 0) < 0.7;
}

/** Officers in several columns of one row: each becomes a record of its own. */
export function officersOf(draft: Draft): void {
  const main = draft.matches.get('person_ref');
  if (!main) return;
  const bare = (profile: ColumnProfile): string =>
    profile.tokens
      .filter((token) => !/^\d$|^(?:first|second|third|fourth|driver|crew|passenger|observer)$/.test(token))
      .join(' ');
  const others = draft.evidence.profiles.filter(
    (profile) =>
      bare(profile) !== '' &&
      bare(profile) === bare(main.profile) &&
      valueFit(profile, columnOf(draft, 'person_ref')) >= 0.5 &&
      profile.filled > 0,
  );
  if (others.length < 2) return;
  const taken = new Set(
    [...draft.matches.values()].filter((match) => match !== main).map((match) => match.profile.index),
  );
  const crew = others.filter((profile) => !taken.has(profile.index));
  if (crew.length < 2) return;
  for (const profile of crew) {
    draft.records.push({ columns: { person_ref: profile.name }, when: profile.name });
    draft.used.add(profile.index);
  }
  draft.reasons.push(
    `Each row becomes an attendance for each of ${crew.map((profile) => `“${profile.name}”`).join(', ')}.`,
  );
}

/** Several people in one cell, such as a crew: each is a record of the row. */
export function crewOf(draft: Draft): void {
  const person = draft.matches.get('person_ref')?.profile;
  if (!person || draft.records.length > 0) return;
  const all = person.values.reduce((sum, [, count]) => sum + count, 0);
  for (const separator of ['/', ';', ',', '&', '+', '|', ' and ', '\n']) {
    const split = person.values.filter(([text]) => text.includes(separator));
    const rows = split.reduce((sum, [, count]) => sum + count, 0);
    const parts = split.flatMap(([text]) => text.split(separator).map((part) => part.trim()));
    const alike = parts.length > 0 && parts.every((part) => part === '' || /^[A-Z]{0,4}\d{2,8}[A-Z]?$/i.test(part));
    if (rows < Math.max(1, all * 0.05) || !alike) continue;
    draft.separators['person_ref'] = separator;
    draft.reasons.push(`“${person.name}” names several people in one cell; each of them attended.`);
    return;
  }
}

/** Resources that never arrived, or had nobody, made no attendance. */
export function completeAttendances(draft: Draft): void {
  const { profiles } = draft.evidence;
  const needed = [draft.matches.get('person_ref')?.profile, arrivalProfile(draft)].filter(
    (profile) => profile !== undefined,
  );
  const gaps = needed.filter((profile) => profile.filled < profile.rows && profile.filled > 0);
  if (draft.records.length > 0) {
    const arrived = arrivalProfile(draft);
    if (arrived && gaps.includes(arrived)) {
      for (const [index, record] of draft.records.entries()) {
        draft.records[index] = { ...record, whenAll: [arrived.name] };
      }
    }
  } else if (gaps.length > 0) {
    draft.records.push({ whenAll: gaps.map((profile) => profile.name) });
    draft.reasons.push(
      `Rows without ${gaps.map((profile) => `“${profile.name}”`).join(' or ')} are no attendances and are passed over.`,
    );
  }
  const role = draft.matches.get('role')?.profile;
  const attribution = columnOf(draft, 'attribution');
  if (
    role &&
    draft.columns['attribution'] === undefined &&
    role.values.some(([text]) => choiceOf(attribution, text) !== null)
  ) {
    draft.columns['attribution'] = role.name;
    draft.note(
      'attribution',
      role,
      0.75,
      'the role tells how the person was tied to the incident: an officer in the case need not have attended',
    );
    meanChoice(draft, attribution, role);
    draft.mend('attribution', 'empty-if-unreadable');
  }
  const repeats = draft.matches.get('incident_ref')?.profile;
  if (repeats && repeats.unique < 0.9) draft.bonus += 0.05;
  if (profiles.length > 0 && (draft.matches.get('arrived_at')?.name ?? 0) > 0.6) draft.bonus += 0.3;
}

function arrivalProfile(draft: Draft): ColumnProfile | undefined {
  const combined = draft.combine['arrived_at'];
  const header = combined?.time ?? draft.columns['arrived_at'];
  return draft.evidence.profiles.find((profile) => profile.name === header);
}

import type { CurrentLandmarks, LandmarkTable, NotAssessableReason } from '../landmark-table.ts';
import { outcomeUnknown } from '../landmark-table.ts';
import { predictors } from '../predictors.ts';
import { featuresAt } from './features.ts';
import { groupsOf } from './groups.ts';
import type { History, LandmarkRules } from './history.ts';
import { type LongSpell, type Outcome, outcomeAfter, psychologicalSpells } from './outcomes.ts';
import { inPostOn, postOn } from './posts.ts';
import { wavesOf } from './waves.ts';

/** A screening by the index of its person and its place among theirs. */
type Place = { readonly person: number; readonly own: number; readonly day: number };

const unknown: Outcome = { outcome: outcomeUnknown, caseness: outcomeUnknown, spell: outcomeUnknown };

function covers(spans: readonly { readonly from: number; readonly to: number | null }[], day: number): boolean {
  return spans.some(({ from, to }) => from <= day && (to === null || to >= day));
}

/** Who is absent, and whose case is open, is asked of all that is held: it says who is at risk, and is no predictor. */
function isAbsentOn(history: History, person: number, day: number): boolean {
  const own = history.absences[person] ?? [];
  return own.some(({ startDay, endDay }) => startDay <= day && (endDay === null || endDay >= day));
}

function hasOpenCaseOn(history: History, person: number, day: number): boolean {
  const own = history.cases[person] ?? [];
  return covers(
    own.map(({ fromDay, toDay }) => ({ from: fromDay, to: toDay })),
    day,
  );
}

function tableOf(
  history: History,
  rules: LandmarkRules,
  places: readonly Place[],
  outcomeOf: (place: Place) => Outcome,
): LandmarkTable {
  const count = places.length;
  const { waves, waveOf } = wavesOf(history.screenings);
  const values = predictors.map(() => new Float64Array(count));
  const grouped = places.map(({ person, day }) => {
    const member = history.people[person] as History['people'][number];
    return { member, day, post: postOn(member, day) };
  });
  const units = [...new Set(grouped.map(({ post }) => post.unit))].sort();
  const unitIndex = new Map(units.map((name, index) => [name, index]));
  const table = {
    count,
    predictors,
    values,
    pseudonyms: history.people.map(({ pseudonym }) => pseudonym),
    person: Uint32Array.from(places, ({ person }) => person),
    day: Int32Array.from(places, ({ day }) => day),
    waves,
    wave: new Uint16Array(count),
    units,
    unit: Uint16Array.from(grouped, ({ post }) => unitIndex.get(post.unit) ?? 0),
    outcome: new Int8Array(count),
    caseness: new Int8Array(count),
    spell: new Int8Array(count),
    complete: new Uint8Array(count),
    groups: groupsOf(grouped),
  };
  places.forEach((place, row) => {
    const { person, own, day } = place;
    const features = featuresAt(history, person, own, rules);
    for (let column = 0; column < values.length; column += 1) {
      (values[column] as Float64Array)[row] = features[column] as number;
    }
    const screening = history.screenings[person]?.[own];
    table.wave[row] = screening ? waveOf(screening) : 0;
    const { outcome, caseness, spell } = outcomeOf(place);
    table.outcome[row] = outcome;
    table.caseness[row] = caseness;
    table.spell[row] = spell;
    table.complete[row] = day + rules.horizonDays + rules.spellDays <= history.lastHeldDay ? 1 : 0;
  });
  return table;
}

/**
 * Everybody at risk at each of their screenings: in post, scored and below caseness, not absent, without an open case; with
 * what was known by that day, and what came after.
 */
export function buildLandmarks(history: History, rules: LandmarkRules): LandmarkTable {
  const places: Place[] = [];
  history.people.forEach((member, person) => {
    (history.screenings[person] ?? []).forEach(({ day, score }, own) => {
      if (score === null || rules.isCase(score)) return;
      if (day > rules.asOfDay || (rules.fromDay !== null && day < rules.fromDay)) return;
      if (!inPostOn(member, day) || isAbsentOn(history, person, day) || hasOpenCaseOn(history, person, day)) return;
      places.push({ person, own, day });
    });
  });
  places.sort((a, b) => a.day - b.day || a.person - b.person);
  const spellsByPerson = new Map<number, LongSpell[]>();
  const spellsFor = (person: number): LongSpell[] => {
    const known = spellsByPerson.get(person);
    if (known) return known;
    const { lastHeldDay } = history;
    const spells = psychologicalSpells(history.absences[person] ?? [], { lastHeldDay, spellDays: rules.spellDays });
    spellsByPerson.set(person, spells);
    return spells;
  };
  return tableOf(history, rules, places, ({ person, day }) =>
    outcomeAfter(history, person, day, spellsFor(person), rules),
  );
}

/** A screening older than this says nothing of now. */
const longestAgeDays = 365;

/** The screening that a person is assessed at now, or why there is none. */
function assessed(history: History, rules: LandmarkRules, person: number): number | NotAssessableReason {
  const screenings = history.screenings[person] ?? [];
  const isRecent = (day: number): boolean => day > rules.asOfDay - longestAgeDays && day <= rules.asOfDay;
  const newest = screenings.findLastIndex(({ day }) => isRecent(day));
  if (newest < 0) return 'no-screening';
  const score = screenings[newest]?.score ?? null;
  if (score === null) return 'not-scored';
  if (rules.isCase(score)) return 'case';
  if (hasOpenCaseOn(history, person, rules.asOfDay)) return 'open-case';
  return isAbsentOn(history, person, rules.asOfDay) ? 'absent' : newest;
}

/** Everybody in post on the last day of what is known, at their newest screening, and those of whom nothing can be said. */
export function currentLandmarks(history: History, rules: LandmarkRules): CurrentLandmarks {
  const places: Place[] = [];
  const notAssessable: { pseudonym: string; reason: NotAssessableReason }[] = [];
  history.people.forEach((member, person) => {
    if (!inPostOn(member, rules.asOfDay)) return;
    const own = assessed(history, rules, person);
    if (typeof own === 'string') notAssessable.push({ pseudonym: member.pseudonym, reason: own });
    else places.push({ person, own, day: history.screenings[person]?.[own]?.day ?? rules.asOfDay });
  });
  places.sort((a, b) => a.day - b.day || a.person - b.person);
  return {
    table: tableOf(history, rules, places, () => unknown),
    inPost: places.length + notAssessable.length,
    notAssessable,
  };
}

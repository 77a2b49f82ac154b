import { matchesFor } from './assign.ts';
import { choiceOf } from './choice-words.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Draft } from './draft.ts';
import { completeInstruments } from './kind-screenings.ts';
import { completeSupport } from './kind-support.ts';
import { bestPhrase, nameJudge } from './name-score.ts';
import { meanChoice } from './take-columns.ts';
import { isDateColumn } from './time-columns.ts';
import { valueFit } from './value-fit.ts';
import { phrasesFrom, vocabularies } from './vocabulary.ts';
import { eventMoment } from './words/exposures.ts';

type Hook = (draft: Draft) => void;

function columnOf(draft: Draft, name: string) {
  const column = draft.kind.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`${draft.kind.kind} has no column ${name}`);
  return column;
}

const has = (profile: ColumnProfile, ...tokens: readonly string[]): boolean =>
  tokens.some((token) => profile.tokens.includes(token));

/** Before the columns are taken. */
export const hooksBefore: Readonly<Record<string, Hook>> = {
  duties: preferActual,
  attendances: (draft) => {
    arrivalOf(draft);
    officersOf(draft);
    crewOf(draft);
  },
  people: (draft) => {
    fillFrom(draft, 'role', ['rank', 'workforce_type']);
    const person = draft.matches.get('person_ref')?.profile;
    // Who stands there more than once holds, or held, several posts.
    if (person && person.rows > 5 && person.unique < 0.9) draft.bonus -= 0.35;
  },
  postings: (draft) => fillFrom(draft, 'role', ['rank']),
  support: (draft) => {
    const step = draft.matches.get('step');
    if (step && step.fit < 0.6) draft.matches.delete('step');
  },
};

/** Behind them. */
export const hooksAfter: Readonly<Record<string, Hook>> = {
  people: completePeople,
  postings: scaleFte,
  aliases: completeAliases,
  exposures: completeExposures,
  incidents: completeIncidents,
  attendances: completeAttendances,
  duties: completeDuties,
  absences: completeAbsences,
  screenings: (draft) => {
    completeInstruments(draft);
    if (draft.columns['taken_on'] === undefined && draft.columns['recorded_at'] !== undefined) {
      draft.columns['taken_on'] = draft.columns['recorded_at'];
    }
  },
  families: completeFamilies,
  support: completeSupport,
  volunteers: completeVolunteers,
  peer_contacts: (draft) => hoursToMinutes(draft, 'minutes'),
  pilot_enrolments: namePilot,
  pilot_clusters: namePilot,
  pilot_session_plan: (draft) => {
    namePilot(draft);
    hoursToMinutes(draft, 'minutes');
  },
  pilot_sessions: (draft) => {
    namePilot(draft);
    hoursToMinutes(draft, 'minutes');
  },
  adverse_events: (draft) => {
    namePilot(draft);
  },
};

/** Where a duty has planned and actual times, what was worked counts. */
function preferActual(draft: Draft): void {
  const planned = ['planned', 'scheduled', 'rostered', 'plan'];
  const judge = nameJudge(draft.kind);
  for (const name of ['start', 'end']) {
    const matches = matchesFor(columnOf(draft, name), draft.evidence.profiles, judge).filter(
      (match) => match.name > 0.4,
    );
    const actual = matches.find(
      (match) => has(match.profile, 'actual', 'worked', 'booked', 'actuals') && match.profile.filled > 0,
    );
    const current = draft.matches.get(name);
    if (current && has(current.profile, ...planned) && actual) draft.matches.set(name, actual);
    else if (actual && current && !has(current.profile, 'actual')) {
      const hasPlanned = draft.evidence.profiles.some((profile) => has(profile, ...planned));
      if (hasPlanned) draft.matches.set(name, actual);
    }
  }
}

/** What arrived is worth more than when somebody was sent; a record system has only the day of the occurrence. */
function arrivalOf(draft: Draft): void {
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
function officersOf(draft: Draft): void {
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
function crewOf(draft: Draft): void {
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

const span = /^\d{1,2}[:.]?\d{2}\s*(?:hrs?)?\s*(?:-|–|—|to|\/)\s*\d{1,2}[:.]?\d{2}\s*(?:hrs?)?$/i;

/** Start and end in one cell, as `0700-1600`, beside the day of the duty. */
function spanOfDuty(draft: Draft): void {
  const times = draft.evidence.profiles.find(
    (profile) =>
      profile.filled > 0 && profile.values.filter(([text]) => span.test(text)).length >= profile.values.length * 0.8,
  );
  const days = draft.evidence.profiles.filter((profile) => isDateColumn(profile) && !has(profile, 'birth'));
  const day = days.find((profile) => has(profile, 'duty', 'shift')) ?? days[0];
  if (!times || !day) return;
  for (const name of ['start', 'end']) draft.drop(name);
  draft.combine['start'] = { date: day.name, time: times.name, part: 'first' };
  draft.combine['end'] = { date: day.name, time: times.name, part: 'last', after: 'start' };
  for (const name of ['start', 'end']) {
    delete draft.rules[name];
    draft.note(
      name,
      times,
      0.9,
      `the ${name === 'start' ? 'first' : 'last'} time in “${times.name}”, on the day in “${day.name}”`,
    );
    draft.used.add(day.index);
    draft.dates.push([name, day]);
    draft.mend(name, ...(day.date?.rules ?? []), ...(day.serial > 0.02 ? (['excel-serial'] as const) : []));
  }
}

function fillFrom(draft: Draft, name: string, others: readonly string[]): void {
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

function completePeople(draft: Draft): void {
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
function scaleFte(draft: Draft): void {
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

function completeAliases(draft: Draft): void {
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

function completeExposures(draft: Draft): void {
  hoursToMinutes(draft, 'minutes_on_scene');
  const match = draft.matches.get('category');
  const known = match && match.fit > 0.3;
  const words = draft.evidence.texts.join(' ');
  if (!known && /assault|hampshire/i.test(words)) {
    draft.drop('category');
    delete draft.values['category'];
    draft.fill('category', 'ASSAULT_ON_SELF', 0.7, 'the file’s name or title tells of assaults on officers');
  }
}

function completeIncidents(draft: Draft): void {
  if (draft.columns['opened_code'] !== undefined || draft.columns['closed_codes'] !== undefined) return;
  draft.bonus -= 0.15;
}

/** Resources that never arrived, or had nobody, made no attendance. */
function completeAttendances(draft: Draft): void {
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

function completeDuties(draft: Draft): void {
  spanOfDuty(draft);
  hoursToMinutes(draft, 'overtime_minutes');
  const gaps = ['start', 'end'].flatMap((name) => {
    const header = draft.combine[name]?.time ?? draft.columns[name];
    const profile = draft.evidence.profiles.find((candidate) => candidate.name === header);
    return profile && profile.filled < profile.rows && profile.filled > 0 ? [profile] : [];
  });
  if (gaps.length > 0) {
    draft.records.push({ whenAll: gaps.map((profile) => profile.name) });
    draft.reasons.push(
      `Rows without ${gaps.map((profile) => `“${profile.name}”`).join(' or ')} were not worked and are passed over.`,
    );
  }
  const end = draft.columns['end'];
  if (end !== undefined && draft.combine['end'] === undefined && draft.combine['start'] === undefined)
    draft.mend('end', 'next-day');
}

/** Minutes from hours, by the name of the column or by what stands in it. */
function hoursToMinutes(draft: Draft, name: string): void {
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

function completeAbsences(draft: Draft): void {
  const end = draft.matches.get('end')?.profile;
  if (end && has(end, 'return', 'resumed', 'fit', 'back') && draft.columns['end'] !== undefined) {
    draft.mend('end', 'day-before');
    draft.note('end', end, 0.85, 'the day of the return; the last day of the absence is the one before');
  }
  const lost = draft.matches.get('fte_days')?.profile;
  if (lost && has(lost, 'hours') && draft.columns['fte_days'] !== undefined) draft.drop('fte_days');
}

function completeFamilies(draft: Draft): void {
  completeInstruments(draft);
  const consent = draft.matches.get('consented_on');
  const taken = draft.columns['taken_on'];
  if (consent === undefined && taken !== undefined) {
    const given = draft.evidence.profiles.find(
      (profile) => has(profile, 'consent') && profile.filled > 0 && profile.flag > 0.8,
    );
    const source = draft.evidence.profiles.find((profile) => profile.name === taken);
    if (given && source) {
      draft.columns['consented_on'] = taken;
      draft.note('consented_on', source, 0.5, `“${given.name}” says that consent was given with the answers`);
      draft.dates.push(['consented_on', source]);
      draft.records.forEach((record, index) => {
        draft.records[index] = record;
      });
    }
  }
  if (draft.columns['wave'] === undefined) {
    const digits = /(?:wave|round|time|phase|w|t)[ _-]?(\d{1,2})\b/i.exec(draft.evidence.texts.join(' '));
    if (digits) draft.fill('wave', digits[1] ?? '1', 0.7, 'the file’s name or title says so');
  }
}

function completeVolunteers(draft: Draft): void {
  if (draft.columns['kind'] !== undefined) return;
  const text = draft.evidence.texts.join(' ');
  draft.fill('kind', /community|public/i.test(text) ? 'community' : 'peer', 0.6, 'the file’s name or title says so');
}

/** The pilot of every row, by the name of the file or its title. */
function namePilot(draft: Draft): void {
  if (draft.columns['pilot'] !== undefined) return;
  const titled = draft.evidence.texts.find((text) => /pilot|trial|study/i.test(text) && text.length <= 80);
  const named = /^(.*?(?:pilot|trial|study))\b/i.exec(titled ?? '')?.[1] ?? titled ?? draft.evidence.stem;
  const worded = /^(?:the )?(?:pilot|trial|study)$/i.test(named) ? draft.evidence.stem : named;
  const pilot = worded.replaceAll(/[_-]+/g, ' ').trim().slice(0, 80);
  if (pilot === '') return;
  const speaks = /pilot|trial|study|mindful|intervention|rct|wedge/i.test(draft.evidence.texts.join(' '));
  const kindOwn = [
    'arm',
    'stratum',
    'allocated_on',
    'sequence',
    'exposed_from',
    'within_shift',
    'checklist',
    'seriousness',
  ];
  if (!speaks && !kindOwn.some((column) => draft.sureness.has(column))) return;
  draft.fill('pilot', pilot, 0.5, 'no column names the pilot; the name of the file or its title does');
}

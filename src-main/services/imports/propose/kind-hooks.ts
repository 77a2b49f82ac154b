import type { Draft } from './draft.ts';
import { has, hoursToMinutes } from './draft-helpers.ts';
import { arrivalOf, completeAttendances, crewOf, officersOf } from './kind-attendances.ts';
import { completeDuties, preferActual } from './kind-duties.ts';
import { completeAliases, completePeople, fillFrom, scaleFte } from './kind-people.ts';
import { completeInstruments } from './kind-screenings.ts';
import { completeSupport } from './kind-support.ts';

type Hook = (draft: Draft) => void;

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

function completeAbsences(draft: Draft): void {
  const end = draft.matches.get('end')?.profile;
  if (end && has(end, 'return', 'resumed', 'fit', 'back') && draft.columns['end'] !== undefined) {
    draft.mend('end', 'day-before');
    draft.note('end', end, 0.85, 'the day of the return; the last day of the absence is the one before');
  }
  const lost = draft.matches.get('fte_days')?.profile;
  if (lost && has(lost, 'hours') && draft.columns['fte_days'] !== undefined) draft.drop('fte_days');
}

/** What a column of consent says where it was given. */
const consentWords = /^(?:y|yes|true|1|x|given|agreed?|consented|consent given|✓)$/i;

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
      const yes = given.values.map(([text]) => text).filter((text) => consentWords.test(text));
      draft.consent = { column: given.name, yes: yes.length > 0 ? yes : ['yes'] };
      draft.reasons.push(`Rows where “${given.name}” does not say yes are passed over.`);
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

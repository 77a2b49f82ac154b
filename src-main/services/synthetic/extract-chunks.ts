import { randomStream } from '#shared/domain/random.ts';
import { absenceHeader, absenceRows } from './absences.ts';
import { csvLine } from './csv.ts';
import { dutyHeader, dutyLine } from './duties.ts';
import { exposureHeader, exposureRow } from './exposure-rows.ts';
import { familyHeader, familyRows } from './family-rows.ts';
import type { SyntheticForce } from './force.ts';
import { periodOf } from './options.ts';
import { volunteerHeader } from './peer-volunteers.ts';
import { contactHeader, requestHeader } from './peers.ts';
import { peopleHeader, peopleRow } from './people.ts';
import { type PilotExtract, pilotAnswerRows, pilotHeaders, pilotRows } from './pilots/pilot-rows.ts';
import { pulseRow } from './pulse.ts';
import { itemColumns, screeningHeader, screeningRows } from './screenings.ts';
import { supportHeader, supportRows } from './support.ts';

/** The extracts of a force in pieces of text, in the order in which they are written and want to be imported. */
export const extractNames = [
  'people',
  'exposures',
  'duties',
  'absences',
  'screenings',
  'support',
  'families',
  'volunteers',
  'peer_requests',
  'peer_contacts',
  'pilot_enrolments',
  'pilot_clusters',
  'pilot_session_plan',
  'pilot_sessions',
  'adverse_events',
  'costs',
] as const;
export type ExtractName = (typeof extractNames)[number];

export type Chunk = { readonly text: string; readonly rows: number; readonly done: number };
type Block = { readonly lines: readonly string[]; readonly done: number };

const chunkCharacters = 1 << 18;

function* chunked(header: readonly string[], blocks: Iterable<Block>): Generator<Chunk> {
  let text = csvLine(header);
  let rows = 0;
  for (const { lines, done } of blocks) {
    text += lines.join('');
    rows += lines.length;
    if (text.length < chunkCharacters) continue;
    yield { text, rows, done };
    text = '';
    rows = 0;
  }
  yield { text, rows, done: 1 };
}

function peopleChunks({ people }: SyntheticForce): Generator<Chunk> {
  return chunked(peopleHeader, [{ lines: people.map((person) => csvLine(peopleRow(person))), done: 1 }]);
}

function exposureChunks(force: SyntheticForce): Generator<Chunk> {
  const days = Math.round(force.options.years * 365.25);
  function* blocks() {
    let done = 0;
    for (const { rows } of force.exposures()) {
      done += 1;
      yield { lines: rows.map((row) => csvLine(exposureRow(row))), done: done / days };
    }
  }
  return chunked(exposureHeader, blocks());
}

function dutyChunks(force: SyntheticForce): Generator<Chunk> {
  function* blocks() {
    for (const { person, duties } of force.careers()) {
      const ref = force.people[person]?.ref ?? '';
      yield { lines: duties.map((duty) => dutyLine(ref, duty)), done: (person + 1) / force.people.length };
    }
  }
  return chunked(dutyHeader, blocks());
}

function absenceChunks(force: SyntheticForce): Generator<Chunk> {
  const { lastDay } = periodOf(force.options);
  function* blocks() {
    for (const { person: index, absences } of force.records()) {
      const person = force.people[index];
      if (!person) continue;
      const rows = absences.flatMap((spell) => absenceRows(person, spell, lastDay));
      yield { lines: rows.map(csvLine), done: (index + 1) / force.people.length };
    }
  }
  return chunked(absenceHeader, blocks());
}

function screeningChunks(force: SyntheticForce): Generator<Chunk> {
  const expected = Math.max(1, force.waves * force.people.length);
  function* blocks() {
    let done = 0;
    for (const invitation of force.screenings()) {
      done += 1;
      const person = force.people[invitation.person];
      yield { lines: person ? screeningRows(invitation, person).map(csvLine) : [], done: Math.min(1, done / expected) };
    }
    for (const { person: index, pulses } of force.records()) {
      const person = force.people[index];
      if (person) yield { lines: pulses.map((answer) => csvLine(pulseRow(person, answer, itemColumns))), done: 1 };
    }
    for (const pilot of force.pilots().made) {
      yield { lines: pilotAnswerRows(pilot, force.people).map(csvLine), done: 1 };
    }
  }
  return chunked(screeningHeader, blocks());
}

function supportChunks(force: SyntheticForce): Generator<Chunk> {
  function* blocks() {
    let number = 0;
    for (const episode of force.support()) {
      number += 1;
      const person = force.people[episode.person];
      const lines = person ? supportRows(episode, person, number).map(csvLine) : [];
      yield { lines, done: (episode.person + 1) / force.people.length };
    }
  }
  return chunked(supportHeader, blocks());
}

function familyChunks(force: SyntheticForce): Generator<Chunk> {
  const random = randomStream(force.options.seed, 'family answers');
  function* blocks() {
    let number = 0;
    for (const household of force.families()) {
      number += 1;
      const lines = familyRows(random, household, force.people, number).map(csvLine);
      yield { lines, done: Math.min(1, number / force.people.length) };
    }
  }
  return chunked(familyHeader, blocks());
}

function rowChunks(header: readonly string[], rows: readonly (readonly string[])[]): Generator<Chunk> {
  return chunked(header, [{ lines: rows.map(csvLine), done: 1 }]);
}

function pilotMaker(extract: PilotExtract): Maker {
  return {
    chunks: (force) => rowChunks(pilotHeaders[extract], pilotRows(extract, force.pilots().made, force.people)),
    share: 1,
  };
}

type Maker = {
  readonly chunks: (force: SyntheticForce) => Generator<Chunk>;
  /** Of the work, in proportion. */
  readonly share: number;
};

export const extractChunks: Readonly<Record<ExtractName, Maker>> = {
  people: { chunks: peopleChunks, share: 3 },
  exposures: { chunks: exposureChunks, share: 30 },
  duties: { chunks: dutyChunks, share: 45 },
  absences: { chunks: absenceChunks, share: 3 },
  screenings: { chunks: screeningChunks, share: 25 },
  support: { chunks: supportChunks, share: 2 },
  families: { chunks: familyChunks, share: 2 },
  volunteers: { chunks: (force) => rowChunks(volunteerHeader, force.peers().volunteers), share: 1 },
  peer_requests: { chunks: (force) => rowChunks(requestHeader, force.peers().requests), share: 1 },
  peer_contacts: { chunks: (force) => rowChunks(contactHeader, force.peers().contacts), share: 1 },
  pilot_enrolments: pilotMaker('pilot_enrolments'),
  pilot_clusters: pilotMaker('pilot_clusters'),
  pilot_session_plan: pilotMaker('pilot_session_plan'),
  pilot_sessions: pilotMaker('pilot_sessions'),
  adverse_events: pilotMaker('adverse_events'),
  costs: pilotMaker('costs'),
};

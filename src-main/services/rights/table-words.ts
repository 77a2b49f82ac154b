import { layoutOf } from '#main/store/extract-layout.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';

export type TableWords = { readonly title: string; readonly text: string };

/** What each table that can name a person is, in plain words. A test asks that none is missing. */
const ownTables: Readonly<Record<string, TableWords>> = {
  sealed_identity: {
    title: 'Who they are',
    text: 'The reference, name and collar number as the files of people named them. Sealed, so that only clinicians can read it.',
  },
  sealed_answers: {
    title: 'Answers to questionnaires',
    text: 'Each answer to a questionnaire that has a question about safety, in the order of its questions. Sealed, so that only clinicians can read it.',
  },
  sealed_safety: {
    title: 'Answers to questions about safety',
    text: 'Kept so that a clinician can follow them up, whatever became of the file they came in.',
  },
  sealed_reject: {
    title: 'Rows that could not be imported',
    text: 'Rows of files that name the person and did not fit. They enter no figure; only clinicians can read them.',
  },
  case_record: { title: 'Cases', text: 'When clinicians began to look after the person’s wellbeing, and who.' },
  case_event: { title: 'What was done in their cases', text: 'Each contact, decision and note, with its day.' },
  signal: {
    title: 'Signals',
    text: 'Each time a rule suggested that somebody should offer support, with the rule and the reason in words.',
  },
  pilot_allocated_person: {
    title: 'Pilots: where chance put them',
    text: 'The pilot and the arm that they were allocated to.',
  },
  pilot_statement: {
    title: 'Pilots: consent and withdrawal',
    text: 'When they consented to a pilot or withdrew from it, and whether what is held of them may be used.',
  },
  pilot_adverse_event: {
    title: 'Pilots: adverse events',
    text: 'Anything untoward recorded while they took part in a pilot, as a clinician entered it.',
  },
  case_summary: {
    title: 'When a summary of their case was made',
    text: 'Who made it, when and why, and whether it named them.',
  },
  identity_reveal: { title: 'When their identity was looked up', text: 'Who looked, when and why.' },
};

const extractTexts: Readonly<Record<string, string>> = {
  people: 'The post they hold and what the force’s records say of their service.',
  postings: 'The posts they held, and when.',
  aliases: 'Other references of theirs, kept only as pseudonyms, and the days on which they were theirs.',
  exposures: 'Incidents recorded as potentially traumatic that they took part in.',
  attendances: 'Incidents that they went to.',
  duties: 'The duties they worked.',
  absences: 'Their absences, with the reason as the force recorded it.',
  screenings: 'Questionnaires on wellbeing that they were invited to or completed, and the scores.',
  families:
    'Their own answers to the survey of families. Answers of others in the household are not theirs and are left out.',
  support: 'Support that they were offered or used, step by step.',
  pilot_enrolments: 'Pilots they took part in or could have.',
  pilot_sessions: 'Sessions of pilots that they attended.',
  adverse_events: 'Anything untoward recorded while they took part in a pilot.',
};

function allWords(): ReadonlyMap<string, TableWords> {
  const words = new Map(Object.entries(ownTables));
  for (const { kind, label } of extractKinds) {
    const text = extractTexts[kind];
    if (text === undefined) continue;
    const { table } = layoutOf(kind);
    words.set(table, { title: label, text });
    words.set(`${table}_history`, {
      title: `${label}: earlier versions`,
      text: 'What a later file corrected. Earlier versions enter no figure.',
    });
  }
  return words;
}

const known = allWords();

export function hasTableWords(table: string): boolean {
  return known.has(table);
}

/** Title and explanation of a table; its own name where it has none yet. */
export function tableWords(table: string): TableWords {
  const plain = table.replaceAll('_', ' ');
  return known.get(table) ?? { title: plain.charAt(0).toUpperCase() + plain.slice(1), text: '' };
}

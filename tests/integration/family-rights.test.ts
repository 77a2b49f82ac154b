import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  copyVault,
  csvFile,
  dataKeyOf,
  newVault,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
} from './test-vault.ts';

/** Two who both serve and live together, one whose partner does not serve; each answer has a score of its own. */
const folder = temporaryFolder('family-rights');
const whole = join(folder, 'whole');
const scores = { ann: 31, benAsPartner: 32, benAsOfficer: 33, cat: 34, partnerOfCat: 35, annBefore: 30 };
let answers: { readonly kind: string; readonly file: string };
let dataKey: Uint8Array;

function familyLine(household: string, member: string, person: string, partner: string, score: number): string {
  return `${household},${member},${person},${partner},w1,2026-02-10,2026-02-01,GHQ-12,likert,${score}`;
}

function familyFile(name: string, lines: readonly string[]) {
  const header = 'household_ref,member,person_ref,partner_person_ref,wave,taken_on,consented_on,instrument,scale,score';
  return { kind: 'families', file: csvFile(folder, name, header, lines) };
}

beforeAll(async () => {
  const people = csvFile(folder, 'people.csv', 'person_ref,role,unit,service_start', [
    'ann,Response,Unit of Ann,2015-01-01',
    'ben,CID,Unit of Ben,2015-01-01',
    'cat,Custody,Unit of Cat,2015-01-01',
  ]);
  answers = familyFile('families.csv', [
    familyLine('H1', 'officer', 'ann', 'ben', scores.ann),
    familyLine('H1', 'partner', '', 'ben', scores.benAsPartner),
    familyLine('H2', 'officer', 'ben', 'ann', scores.benAsOfficer),
    familyLine('H3', 'officer', 'cat', '', scores.cat),
    familyLine('H3', 'partner', '', '', scores.partnerOfCat),
  ]);
  const before = familyFile('before.csv', [familyLine('H1', 'officer', 'ann', 'ben', scores.annBefore)]);
  const session = await newVault(whole, ['analyst', 'clinician']);
  for (const { kind, file } of [{ kind: 'people', file: people }, before, answers])
    await session.call('imports.load', { file, kind, mapping: null });
  await session.engine.close();
  dataKey = await dataKeyOf(whole);
});

function pseudonymOf(name: string): string {
  return withStore(whole, dataKey, (connection) =>
    connection
      .prepare<[string], string>(
        `SELECT person.pseudonym FROM people JOIN person ON person.id = people.person_id
         JOIN code ON code.id = people.unit_id WHERE code.value = ?`,
      )
      .pluck()
      .get(`Unit of ${name}`),
  )!;
}

type Held = { readonly score: number; readonly names: readonly (string | null)[] };

/** Every family answer that is held, those that were corrected too, with whom it names. */
function heldIn(vault: string): Held[] {
  return withStore(vault, dataKey, (connection) =>
    ['families', 'families_history'].flatMap((table) =>
      connection
        .prepare<[], { scores: string; officer: string | null; partner: string | null }>(
          `SELECT scores, one.pseudonym AS officer, two.pseudonym AS partner FROM ${table}
           LEFT JOIN person AS one ON one.id = person_id LEFT JOIN person AS two ON two.id = partner_person_id`,
        )
        .all()
        .map(({ scores: kept, officer, partner }) => ({
          score: (JSON.parse(kept) as { scales: { likert: number } }).scales.likert,
          names: [officer, partner],
        })),
    ),
  ).sort((a, b) => a.score - b.score);
}

let copies = 0;
async function erasedCopy(name: string): Promise<Session & { readonly vault: string }> {
  copies += 1;
  const vault = copyVault(whole, join(folder, `copy-${copies}`));
  const session = await unlocked(vault);
  const person = pseudonymOf(name);
  const { id } = await session.call('rights.requestErasure', { person, reason: 'asked to be erased' });
  await session.call('rights.erase', { request: id, confirm: person });
  return { ...session, vault };
}

const scoresIn = (vault: string): number[] => heldIn(vault).map(({ score }) => score);
const everyScore = Object.values(scores).sort((a, b) => a - b);

describe('whoever serves and answered for a family', () => {
  it('is given the answers they gave as officer and as partner, and nothing of whoever is at home', async () => {
    const { call, engine } = await unlocked(whole);
    const told: Readonly<Record<string, readonly number[]>> = {
      Ann: [scores.annBefore, scores.ann],
      Ben: [scores.benAsPartner, scores.benAsOfficer],
      Cat: [scores.cat],
    };
    for (const [name, own] of Object.entries(told)) {
      const target = join(folder, `export-${name}`);
      await call('rights.export', { person: pseudonymOf(name), reason: 'asked to see it', folder: target });
      const text = readFileSync(join(target, 'what-is-held.json'), 'utf8');
      const { tables } = JSON.parse(text) as { tables: { table: string; rows: { score: number }[] }[] };
      const found = tables.flatMap(({ table, rows }) => (table.startsWith('families') ? rows : []));
      expect(found.map(({ score }) => Number(score)).sort(), name).toEqual(own);
      for (const other of ['Ann', 'Ben', 'Cat'].filter((one) => one !== name)) {
        expect(text).not.toContain(pseudonymOf(other));
      }
    }
    await engine.close();
  });

  it('leaves with all of it once erased, and the other’s answers stay without their name', async () => {
    expect(scoresIn(whole)).toEqual(everyScore);
    const ben = pseudonymOf('Ben');
    const { vault, call, engine } = await erasedCopy('Ben');
    const left = everyScore.filter((score) => score !== scores.benAsPartner && score !== scores.benAsOfficer);
    expect(scoresIn(vault)).toEqual(left);
    expect(heldIn(vault).flatMap(({ names }) => names)).not.toContain(ben);
    expect(heldIn(vault).find(({ score }) => score === scores.ann)?.names).toEqual([pseudonymOf('Ann'), null]);
    await call('imports.load', { ...answers, mapping: null });
    expect(scoresIn(vault), 'after the same file again').toEqual(left);
    await engine.close();
  });

  it('takes nothing of a partner who does not serve along', async () => {
    const { vault, engine } = await erasedCopy('Cat');
    expect(scoresIn(vault)).toEqual(everyScore.filter((score) => score !== scores.cat));
    await engine.close();
    const ann = await erasedCopy('Ann');
    expect(scoresIn(ann.vault)).toEqual(
      everyScore.filter((score) => score !== scores.ann && score !== scores.annBefore),
    );
    expect(heldIn(ann.vault).flatMap(({ names }) => names)).not.toContain(pseudonymOf('Ann'));
    await ann.engine.close();
  });
});

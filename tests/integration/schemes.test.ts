import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExposureRow } from '#main/analysis/exposure/exposure-load.ts';
import countV1 from '#resources/schemes/count-v1.json' with { type: 'json' };
import tieredV1 from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { type Scheme, schemeSchema } from '#shared/domain/scheme.ts';
import { randomForce } from '../unit/analysis/exposure/force.ts';
import { dayLoads, decayedLoad, windowLoad } from '../unit/analysis/exposure/oracle.ts';
import {
  csvFile,
  dataKeyOf,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  withStore,
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('schemes');
const vault = join(folder, 'vault');
const asOf = '2026-05-31';
const random = randomForce(4, { people: 120, events: 2_500 });
const people = random.people
  .filter(({ listed, spells }) => listed && spells.length === 1)
  .map((person, at) => ({ ...person, spells: [{ ...person.spells[0]!, from: null, to: null, unit: `U${at}` }] }));
const force = { people, events: random.events.filter(({ person }) => people.some(({ name }) => name === person)) };

/** A scheme of a force's own: other tiers, another half-life, a cap, no attribution. */
const own: Scheme = {
  ...schemeSchema.parse(tieredV1),
  id: 'force-2026',
  effective_from: null,
  basis: ['Weiss2010:no_gain_from_severity'],
  tiers: {
    A: { weight: 2.5, categories: ['DEATH_CHILD_INFANT', 'TERROR', 'SUICIDE_COMPLETED'] },
    B: { weight: 1.5, categories: ['RTC_FATAL', 'CSAM_VIEWING'] },
  },
  attribution: {},
  recency: { type: 'half_life_days', value: 90, also_report: [28] },
  cap_per_day: 4,
  review_triggers: [{ rule: 'A>=2 in 90d' }, { rule: 'count>=12 in 365d' }],
};

let session: Session;
let dataKey: Buffer;

/** Something done by another user, while nobody else has the vault open. */
async function as<T>(name: string, work: (other: Session) => Promise<T>): Promise<T> {
  await session.engine.close();
  const other = await unlocked(vault, name);
  const answer = await work(other);
  await other.engine.close();
  session = await unlocked(vault);
  return answer;
}

function load(scheme: string, more: Record<string, unknown> = {}) {
  return session.call('analyses.run', { method: 'exposure-load', spec: { asOf, scheme, ...more } });
}

function schemeNow(scheme: string) {
  return session.call('schemes.get', { scheme });
}

/** What the store says to a change that goes round the engine. */
function storeRefuses(sql: string): string {
  return withStore(vault, dataKey, (connection) => {
    try {
      connection.exec(sql);
      return 'done';
    } catch (error) {
      return (error as Error).message;
    }
  });
}

beforeAll(async () => {
  session = await newVault(vault, ['analyst']);
  dataKey = await dataKeyOf(vault);
  for (const [name, role] of [
    ['bea', 'evaluator'],
    ['cas', 'analyst'],
  ] as const) {
    await session.call('users.add', { name, roles: [role], passphrase });
  }
  const rows = force.people.map(({ name, spells }) => `${name},${spells[0]!.role},${spells[0]!.unit}`);
  const exposures = force.events.map(
    ({ person, date, category, proximity, attribution, first, known, minutes }, at) =>
      `${person},${date}T12:00:00,${category},I${at},${proximity ?? ''},${attribution ?? ''},${first ?? ''},${known ?? ''},${minutes ?? ''}`,
  );
  const header =
    'person_ref,occurred_at,category,incident_ref,proximity,attribution,first_on_scene,known_victim,minutes_on_scene';
  for (const [kind, file] of [
    ['people', csvFile(folder, 'people.csv', 'person_ref,role,unit', rows)],
    ['exposures', csvFile(folder, 'exposures.csv', header, exposures)],
  ] as const) {
    const { rows: counts } = await session.call('imports.load', { file, kind, mapping: null });
    expect(counts.rejected).toBe(0);
  }
}, 60_000);
afterAll(() => session.engine.close());

describe('weighting schemes', () => {
  it('begin with plain counts, approved, and a tiered draft that warns', async () => {
    const { schemes } = await session.call('schemes.list', {});
    expect(schemes.map(({ scheme, state, builtIn }) => [scheme, state, builtIn])).toEqual([
      ['count-v1', 'approved', true],
      ['tiered-v1', 'draft', true],
    ]);
    const tiered = await load('tiered-v1');
    expect(tiered.warnings.join(' ')).toContain('The scheme tiered-v1 is not approved (draft)');
    expect(tiered.provenance).toMatchObject({ scheme: 'tiered-v1', schemeHash: schemes[1]!.hash });
    expect(
      (await session.refused('analyses.run', { method: 'exposure-load', spec: { asOf, scheme: 'none' } })).code,
    ).toBe('BAD_SPEC');
  });

  it('leave the built-in documents as they are', async () => {
    for (const document of [schemeSchema.parse(countV1), schemeSchema.parse(tieredV1)]) {
      const error = await session.refused('schemes.draft', { document, reason: 'to change it' });
      expect(error).toMatchObject({ code: 'BAD_INPUT', message: `${document.id} is built in and stays as it is.` });
    }
    const error = await session.refused('schemes.retire', { scheme: 'count-v1', reason: 'to be rid of it' });
    expect(error.message).toBe('Plain counts are the default and are never retired.');
  });

  it('are drafted version by version, each kept with who, when and why', async () => {
    const broken = { ...own, tiers: { A: { weight: 1, categories: ['NO_SUCH'] } } };
    const refused = await session.refused('schemes.draft', { document: broken, reason: 'a first try' });
    expect(refused).toMatchObject({ code: 'BAD_SPEC' });
    expect(refused.message).toContain('tier “A” lists “NO_SUCH”, which is no category');
    const first = await session.call('schemes.draft', {
      document: { ...own, status: 'approved', approved_by: ['me'] },
      copiedFrom: 'tiered-v1',
      reason: 'a first try',
    });
    expect(first).toMatchObject({ state: 'draft', version: 1, mayAgree: false });
    expect(first.document).toMatchObject({ status: 'draft', approved_by: null });
    const again = await session.refused('schemes.draft', { document: own, reason: 'the same again' });
    expect(again.message).toBe('The scheme force-2026 says that already.');
    await session.call('schemes.draft', { document: { ...own, cap_per_day: 5 }, reason: 'a higher cap' });
    const third = await session.call('schemes.draft', { document: own, reason: 'the old cap again' });
    expect(
      third.versions.map(({ version, savedBy, reason, copiedFrom }) => [version, savedBy, reason, copiedFrom]),
    ).toEqual([
      [1, 'tester', 'a first try', 'tiered-v1'],
      [2, 'tester', 'a higher cap', 'tiered-v1'],
      [3, 'tester', 'the old cap again', 'tiered-v1'],
    ]);
    const second = await session.call('schemes.get', { scheme: 'force-2026', version: 2 });
    expect(second.document.cap_per_day).toBe(5);
    expect(third.versions[0]!.hash).toBe(third.versions[2]!.hash);
  });

  it('answer no analysis before they are approved, and are compared all the same', async () => {
    const error = await session.refused('analyses.run', {
      method: 'exposure-load',
      spec: { asOf, scheme: 'force-2026' },
    });
    expect(error).toMatchObject({ code: 'BAD_SPEC' });
    expect(error.message).toBe('The scheme force-2026 has not been approved by two people.');
    const compared = await session.call('schemes.compare', {
      first: 'count-v1',
      second: 'force-2026',
      asOf,
      rows: true,
    });
    expect(compared.warnings.join(' ')).toContain('force-2026 is not approved (draft)');
    expect(compared.result).toMatchObject({ people: people.length, coverage: 1 });
  });

  it('are approved by two others, never by who wrote them, and by nobody twice', async () => {
    const { hash } = await session.call('schemes.submit', { scheme: 'force-2026', reason: 'ready to be read' });
    const approve = { scheme: 'force-2026', hash, agree: true, reason: 'the numbers are as agreed' };
    expect(await session.refused('schemes.approve', approve)).toMatchObject({
      code: 'FORBIDDEN',
      message: 'Whoever wrote or submitted a scheme does not decide on it.',
    });
    expect((await session.refused('schemes.draft', { document: own, reason: 'one more' })).message).toContain(
      'is before two people now',
    );
    await as('bea', async (bea) => {
      expect(await bea.refused('schemes.approve', { ...approve, hash: 'another' })).toMatchObject({
        code: 'BAD_INPUT',
      });
      expect(await bea.call('schemes.approve', approve)).toMatchObject({ state: 'submitted', agreedBy: ['bea'] });
      expect(await bea.refused('schemes.approve', approve)).toMatchObject({ code: 'FORBIDDEN' });
    });
    expect((await schemeNow('force-2026')).state).toBe('submitted');
    const approved = await as('cas', (cas) => cas.call('schemes.approve', approve));
    expect(approved).toMatchObject({ state: 'approved', agreedBy: ['bea', 'cas'], hash });
    expect(approved.document).toMatchObject({ status: 'approved', approved_by: ['bea', 'cas'] });
    expect(approved.document.effective_from).toBe(approved.events.at(-1)!.at.slice(0, 10));
    expect(approved.events.map(({ kind, user }) => [kind, user])).toEqual([
      ['submitted', 'tester'],
      ['agreed', 'bea'],
      ['agreed', 'cas'],
      ['approved', 'cas'],
    ]);
  });

  it('cannot be changed once approved, not even past the engine', async () => {
    expect((await session.refused('schemes.draft', { document: own, reason: 'one more' })).message).toBe(
      'force-2026 is approved, and stays as it is.',
    );
    const version = "SELECT id FROM scheme_version WHERE scheme = 'force-2026' ORDER BY version DESC LIMIT 1";
    expect(storeRefuses("UPDATE scheme_version SET body = '{}' WHERE scheme = 'force-2026'")).toContain(
      'never changed',
    );
    expect(storeRefuses('DELETE FROM scheme_version')).toContain('never changed');
    expect(storeRefuses("UPDATE scheme_event SET user = 'x'")).toContain('never changed');
    expect(storeRefuses('DELETE FROM scheme_event')).toContain('never changed');
    expect(
      storeRefuses(
        "INSERT INTO scheme_version (scheme, version, body, body_hash, saved_at, saved_by, reason) VALUES ('force-2026', 9, '{}', '', '', 'x', '')",
      ),
    ).toContain('no later version');
    expect(storeRefuses(`INSERT INTO scheme_event VALUES (NULL, (${version}), 'agreed', '', 'tester', '')`)).toContain(
      'nobody agrees to a scheme that they wrote',
    );
    const lone =
      "INSERT INTO scheme_version (id, scheme, version, body, body_hash, saved_at, saved_by, reason) VALUES (900, 'lone', 1, '{}', '', '', 'x', '')";
    expect(
      storeRefuses(`BEGIN; ${lone}; INSERT INTO scheme_event VALUES (NULL, 900, 'approved', '', 'y', '')`),
    ).toContain('approved by two people');
  });

  it('give loads that equal a naive computation, and are named by the result with their hash', async () => {
    const { result, spec, provenance, warnings } = await load('force-2026', { rows: true });
    const held = await schemeNow('force-2026');
    expect(provenance).toMatchObject({ scheme: 'force-2026', schemeHash: held.hash });
    expect(warnings.join(' ')).toContain('The scheme force-2026 is in force from');
    // Where the spec names no half-life, the scheme's own holds.
    expect(spec['halfLifeDays']).toBe(90);
    const rows = result['rows'] as readonly ExposureRow[];
    expect(rows).toHaveLength(people.length);
    for (const { name, spells } of people) {
      const row = rows.find(({ unit }) => unit === spells[0]!.unit)!;
      const loads = dayLoads(force.events, name, own);
      expect(Math.abs(row.decayed - decayedLoad(loads, asOf, 90))).toBeLessThan(1e-9);
      for (const days of [28, 90, 180, 365]) {
        expect(Math.abs(row.counts[String(days)]! - windowLoad(loads, asOf, days))).toBeLessThan(1e-9);
      }
    }
    const twice = await load('force-2026', { rows: true });
    expect(JSON.stringify(twice.result)).toBe(JSON.stringify(result));
  }, 30_000);

  it('compare to what a naive computation says of ranks and thirds', async () => {
    const { result } = await session.call('schemes.compare', {
      first: 'count-v1',
      second: 'force-2026',
      asOf,
      rows: true,
    });
    const sides = [
      { scheme: schemeSchema.parse(countV1), halfLife: 180 },
      { scheme: own, halfLife: 90 },
    ].map(({ scheme, halfLife }) =>
      people.map(({ name }) => decayedLoad(dayLoads(force.events, name, scheme), asOf, halfLife)),
    ) as [number[], number[]];
    const third = (values: readonly number[]) => {
      const sorted = [...values].sort((a, b) => a - b);
      const cut = (p: number) => {
        const at = (sorted.length - 1) * p;
        return sorted[Math.floor(at)]! + (at % 1) * (sorted[Math.ceil(at)]! - sorted[Math.floor(at)]!);
      };
      return values.map((value) => (value > cut(2 / 3) ? 2 : value > cut(1 / 3) ? 1 : 0));
    };
    const rank = (values: readonly number[]) =>
      values.map(
        (value) =>
          values.filter((other) => other < value - 1e-12).length +
          (values.filter((other) => Math.abs(other - value) <= 1e-12).length + 1) / 2,
      );
    const [a, b] = [rank(sides[0]), rank(sides[1])];
    const mean = (people.length + 1) / 2;
    const product = (x: readonly number[], y: readonly number[]) =>
      x.reduce((sum, value, k) => sum + (value - mean) * (y[k]! - mean), 0);
    const { estimate } = result['rankCorrelation'] as { estimate: number };
    expect(estimate).toBeCloseTo(product(a, b) / Math.sqrt(product(a, a) * product(b, b)), 9);
    const [before, after] = [third(sides[0]), third(sides[1])];
    const table = [0, 1, 2].map((row) =>
      [0, 1, 2].map((column) => people.filter((_, k) => before[k] === row && after[k] === column).length),
    );
    expect(result['byBand']).toEqual(table);
    const moved = result['moved'] as { people: number; higher: number; lower: number };
    expect(moved.higher).toBe(people.filter((_, k) => after[k]! > before[k]!).length);
    expect(moved.people).toBe(moved.higher + moved.lower);
    const roles = result['roles'] as { people: number; inPost: number }[];
    expect(roles.reduce((sum, role) => sum + role.people, 0)).toBe(moved.people);
    expect(roles.reduce((sum, role) => sum + role.inPost, 0)).toBe(people.length);
  });

  it('are taken back, declined, retired, and go on answering for old results', async () => {
    const document = { ...own, id: 'force-2027', cap_per_day: null };
    await session.call('schemes.draft', { document, copiedFrom: 'force-2026', reason: 'without the cap' });
    await session.call('schemes.submit', { scheme: 'force-2027', reason: 'ready' });
    expect(await session.call('schemes.withdraw', { scheme: 'force-2027', reason: 'not ready' })).toMatchObject({
      state: 'draft',
    });
    const { hash } = await session.call('schemes.submit', { scheme: 'force-2027', reason: 'ready' });
    await as('bea', async (bea) => {
      await bea.call('schemes.approve', { scheme: 'force-2027', hash, agree: true, reason: 'as agreed' });
    });
    const declined = await as('cas', (cas) =>
      cas.call('schemes.approve', { scheme: 'force-2027', hash, agree: false, reason: 'a cap is needed' }),
    );
    expect(declined).toMatchObject({ state: 'draft', agreedBy: [] });
    // An agreement from before it was declined does not count when it comes again.
    await session.call('schemes.submit', { scheme: 'force-2027', reason: 'once more' });
    const once = await as('cas', (cas) =>
      cas.call('schemes.approve', { scheme: 'force-2027', hash, agree: true, reason: 'so be it' }),
    );
    expect(once).toMatchObject({ state: 'submitted', agreedBy: ['cas'] });
    expect(await session.call('schemes.retire', { scheme: 'force-2026', reason: 'a new year' })).toMatchObject({
      state: 'retired',
    });
    const { warnings, provenance } = await load('force-2026');
    expect(provenance.scheme).toBe('force-2026');
    expect(warnings.join(' ')).toContain('The scheme force-2026 is not approved (retired)');
  });

  it('approve the tiered scheme that comes with Tidemark like any other', async () => {
    const { hash } = await session.call('schemes.submit', { scheme: 'tiered-v1', reason: 'to be used beside counts' });
    const approve = { scheme: 'tiered-v1', hash, agree: true, reason: 'read and agreed' };
    await as('bea', (bea) => bea.call('schemes.approve', approve));
    const approved = await as('cas', (cas) => cas.call('schemes.approve', approve));
    expect(approved).toMatchObject({ state: 'approved', builtIn: true, version: 1, hash });
    expect((await load('tiered-v1')).warnings.join(' ')).not.toContain('not approved');
  });

  it('go out as a file and come in again as a draft', async () => {
    const file = join(folder, 'out.json');
    await session.call('schemes.export', { scheme: 'force-2026', file });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ id: 'force-2026', status: 'retired' });
    const read = await session.call('schemes.read', { file });
    expect(read.problems).toEqual([]);
    expect(read.document).toMatchObject({ id: 'force-2026', status: 'draft', approved_by: null, cap_per_day: 4 });
    const odd = writeText(join(folder, 'odd.json'), JSON.stringify({ ...own, cap_per_day: 1 }));
    expect((await session.call('schemes.read', { file: odd })).problems.join(' ')).toContain('the cap of a day (1)');
    const none = writeText(join(folder, 'none.json'), '{"id":"x"}');
    expect(await session.refused('schemes.read', { file: none })).toMatchObject({ code: 'BAD_SPEC' });
    const text = writeText(join(folder, 'text.json'), 'not json');
    expect((await session.refused('schemes.read', { file: text })).message).toBe('The file of the scheme is not JSON.');
  });

  it('show an evaluator what would move, and no single person', async () => {
    await as('bea', async (bea) => {
      const spec = { first: 'count-v1', second: 'force-2027', asOf };
      expect((await bea.call('schemes.compare', spec)).result['rows']).toBeUndefined();
      expect(await bea.refused('schemes.compare', { ...spec, rows: true })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await bea.refused('schemes.draft', { document: own, reason: 'to try' })).toMatchObject({
        code: 'FORBIDDEN',
      });
    });
  });
});

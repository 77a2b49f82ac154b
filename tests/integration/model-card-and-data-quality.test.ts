import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import { estimateWords } from '#shared/domain/early-warning-words.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { documentFacts } from '#shared/report/document-facts.ts';
import { foretellableForce, lastScreened } from '../fixtures/foretellable-force.ts';
import { csvFile, newVault, passphrase, type Session, temporaryFolder, unlocked, user } from './test-vault.ts';

const folder = temporaryFolder('model-card-and-data-quality');
const vault = join(folder, 'vault');
const run = { asOf: lastScreened, folds: 2, resamples: 20 };
let session: Session;
/** Of the data that are looked at. */
let snapshot: string;

type Facts = readonly { readonly where: string; readonly says: string }[];

type Asked = { readonly template: 'model-card' | 'data-quality'; readonly [key: string]: unknown };

async function built(name: string, spec: Asked): Promise<{ readonly facts: Facts; readonly to: string }> {
  const to = join(folder, name);
  await session.call('reports.build', { spec, folder: to });
  return { facts: JSON.parse(readFileSync(join(to, 'facts.json'), 'utf8')) as Facts, to };
}

async function previewed(spec: Asked): Promise<Facts> {
  const { document } = await session.call('reports.preview', { spec });
  return documentFacts(document as unknown as ReportDocument);
}

/** What stands in the last place of that name, such as the cell of a row. */
function at(facts: Facts, place: string): string | undefined {
  return facts.findLast(({ where }) => where.endsWith(place))?.says;
}

async function load(kind: string, header: string, lines: readonly string[], name = kind): Promise<void> {
  await session.call('imports.load', { file: csvFile(folder, `${name}.csv`, header, lines), kind, mapping: null });
}

beforeAll(async () => {
  session = await newVault(vault, ['analyst', 'clinician']);
  for (const { kind, header, lines } of foretellableForce(900)) await load(kind, header, lines);
  await session.call('users.add', { name: 'ana', roles: ['analyst'], passphrase });
}, 120_000);
afterAll(() => session.engine.close());

async function as(name: string): Promise<void> {
  await session.engine.close();
  session = await unlocked(vault, name);
}

it('is of a run or of a kept model, and of nothing else', async () => {
  for (const [spec, code] of [
    [{}, 'BAD_SPEC'],
    [{ run, model: 1 }, 'BAD_SPEC'],
    [{ model: 7 }, 'NOT_FOUND'],
    [{ run: { ...run, folds: 'many' } }, 'BAD_SPEC'],
  ] as const) {
    const asked = { spec: { template: 'model-card', ...spec }, folder: join(folder, 'never') };
    expect(await session.refused('reports.build', asked), JSON.stringify(spec)).toMatchObject({ code });
  }
});

it('says the figures of the analysis, digit by digit', async () => {
  const facts = await previewed({ template: 'model-card', run });
  const answer = await session.call('analyses.run', { method: 'early-warning', spec: run });
  const result = answer.result as unknown as EarlyWarningResult;
  const { temporal } = result.validation;
  expect(at(facts, 'Tells apart (AUC) › The model')).toBe(estimateWords(temporal!.auc));
  expect(at(facts, 'Calibration slope › The model')).toBe(estimateWords(temporal!.slope));
  expect(at(facts, 'Followed by a case › The model')).toBe(temporal!.events!.toLocaleString('en-GB'));
  for (const { words, coefficient } of result.model!.terms) {
    const predictor = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
    expect(at(facts, `${predictor} › Shrunken odds ratio`), words).toBe(Math.exp(coefficient).toFixed(2));
  }
  for (const { words, found } of result.gate.checks) expect(at(facts, `${words} › What was found`)).toBe(found);
  expect(at(facts, '“Fit for use, by every check”')).toContain('a clinician other than whoever kept it');
  for (const { item, text } of result.tripod) {
    const answered = at(facts, `item by item” › ${item} › Where it is answered, or why not`);
    if (text.startsWith('Not known')) expect(answered, item).toMatch(/^Not answered: /);
    else expect(answered, item).toContain(text);
  }
  ({ snapshot } = answer.provenance);
}, 240_000);

it('names who kept a model and put it into use by role, and verifies as equal when more was decided', async () => {
  await as('ana');
  await session.call('earlyWarning.keep', { spec: run, snapshot, reason: 'passes every check' });
  await as(user);
  await session.call('earlyWarning.use', { model: 1, reason: 'read its card' });
  const { facts, to } = await built('of a model', { template: 'model-card', model: 1 });
  const told = facts.filter(({ where }) => where.includes('“Decisions on models')).map(({ says }) => says);
  expect(told).toEqual(expect.arrayContaining(['Kept', 'analyst', 'passes every check']));
  expect(told).toEqual(
    expect.arrayContaining(['Put into use', 'administrator, analyst and clinician', 'read its card']),
  );
  expect(JSON.stringify(facts)).not.toMatch(new RegExp(`\\b(ana|${user})\\b`));
  expect(facts.some(({ says }) => says.includes('on the data on which it was kept'))).toBe(true);
  await session.call('earlyWarning.stop', { model: 1, reason: 'to look once more' });
  expect(await session.call('reports.verify', { folder: to })).toMatchObject({ equal: true, differences: [] });
}, 240_000);

it('says of a model on newer data that its figures are of those, and gives what was kept', async () => {
  const header = 'person_ref,start,end,reason_code';
  await load('absences', header, [`P1,${lastScreened},${lastScreened},Flu`], 'newer');
  const facts = await previewed({ template: 'model-card', model: 1 });
  expect(facts.some(({ says }) => says.includes('its options were run again on what is held now'))).toBe(true);
  expect(at(facts, '“Coefficients of model 1 as it was kept” › last-score › Coefficient')).toMatch(/^0\.\d{4}$/);
}, 240_000);

it('states what is held as the vault has it, with what is few withheld, and tells when the data are others', async () => {
  const { batches } = await session.call('imports.list', {});
  const newest = batches[0]!;
  expect(newest).toMatchObject({ kind: 'absences', rows: { accepted: 1 } });
  const { facts, to } = await built('statement', { template: 'data-quality' });
  const count = (value: number): string => value.toLocaleString('en-GB');
  for (const { batch, kind, rows } of batches.filter((each) => each.kind !== 'absences')) {
    expect(at(facts, `“Batches held, the oldest first” › ${batch} › Rows accepted`)).toBe(count(rows.accepted));
    const label = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    expect(at(facts, `rows of their files” › ${label} › Read`)).toBe(count(rows.read));
    expect(at(facts, `rows of their files” › ${label} › Rejected`)).toBe(count(rows.rejected));
  }
  // One row each: few in every batch, and few together.
  for (const { batch } of batches.filter(({ kind }) => kind === 'absences')) {
    expect(at(facts, `“Batches held, the oldest first” › ${batch} › Rows accepted`)).toBe('[c]');
  }
  expect(at(facts, 'rows of their files” › Absences › Accepted')).toBe('[c]');
  const { freshness, asOf } = await session.call('quality.get', {});
  expect(asOf).toBe(lastScreened);
  expect(at(facts, 'Screenings › Days since')).toBe(
    String(freshness.find(({ kind }) => kind === 'screenings')!.daysSince),
  );
  expect(at(facts, 'What families say of work and home › With these data')).toBe(
    'Cannot be answered: no families held.',
  );
  expect(facts.some(({ says }) => says === 'No batch was taken out again.')).toBe(true);
  expect(await session.call('reports.verify', { folder: to })).toMatchObject({ equal: true, differences: [] });
  await session.call('imports.undo', { batch: newest.batch });
  const after = await session.call('reports.verify', { folder: to });
  expect(after.equal).toBe(false);
  expect(JSON.stringify(after.differences)).toContain('absences');
  const again = await previewed({ template: 'data-quality' });
  expect(at(again, `taken out again” › ${newest.batch} › Extract`)).toBe('Absences');
}, 240_000);

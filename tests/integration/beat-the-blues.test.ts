import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import type { PilotEvaluationResult, PilotEvaluationTold } from '#shared/domain/pilot-evaluation-result.ts';
import { answer, enrol, headerOf, noExtracts } from '../fixtures/pilot-extracts.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { hasReference, referenceCase, referenceData } from '../statistics/reference.ts';
import { csvFile, newVault, passphrase, type Session, temporaryFolder, user, writeText } from './test-vault.ts';

/**
 * “Beat the Blues” (Proudfoot et al. 2003), as published in HSAUR3::BtheB, the whole way: extracts, a locked plan, the command line. Its BDI-II is
 * entered as totals of PCL-5, which has room for them; whether somebody took a drug stands as their rank, and how long they were ill as their role.
 * Who came to sessions is made up, as in the reference: three of four.
 */
const folder = temporaryFolder('beat-the-blues');
const vault = join(folder, 'vault');
const first = dayOfIso('2026-01-12') ?? 0;
const waves = [
  { name: '2m', day: 60 },
  { name: '3m', day: 91 },
  { name: '5m', day: 152 },
  { name: '8m', day: 243 },
] as const;
type Wave = (typeof waves)[number];

const outcomeAt = ({ day }: Wave) => ({
  measure: { of: 'score' as const, instrument: 'PCL-5' },
  better: 'low' as const,
  baseline: { fromDay: -30, toDay: 0 },
  followUp: { fromDay: day - 10, toDay: day + 10 },
});

const pilotAt = (name: string): string => `Beat the Blues at ${name}`;

function near(ours: number, theirs: number, relative: number): void {
  expect(Math.abs(ours - theirs) / Math.abs(theirs), `${ours} against ${theirs}`).toBeLessThan(relative);
}

function extracts() {
  const all = noExtracts();
  const [header = '', ...lines] = referenceData('btheb_wide.csv')
    .trim()
    .replaceAll('"', '')
    .replaceAll('\r', '')
    .split('\n');
  const names = header.split(',');
  for (const line of lines) {
    const row = Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell]));
    const ref = `B${row['id']}`;
    const score = (column: string): number | null =>
      row[column] === 'NA' || !row[column] ? null : Number(row[column]);
    const isOffered = row['treatment'] === 'BtheB';
    all.people.push(`${ref},${row['length']},Practice,,,${row['drug']}`);
    answer(all, ref, first - 1, score('bdi.pre'));
    for (const { name, day } of waves) answer(all, ref, first + day, score(`bdi.${name}`));
    for (const wave of ['2m', '5m']) {
      enrol(all, pilotAt(wave), ref, { arm: isOffered ? 'BtheB' : 'TAU', allocatedOn: isoOfDay(first) });
      if (!isOffered || Number(row['id']) % 4 === 0) continue;
      for (let week = 0; week < 8; week += 1) {
        all.pilot_sessions.push(`${pilotAt(wave)},${ref},${isoOfDay(first + 7 * week)}T10:00,50`);
      }
    }
  }
  return all;
}

describe.skipIf(!hasReference)('a published trial, from its file to the command line', () => {
  let session: Session;
  const secret = () => writeText(join(folder, 'passphrase.txt'), passphrase);

  beforeAll(async () => {
    session = await newVault(vault, ['analyst', 'evaluator']);
    for (const [kind, lines] of Object.entries(extracts())) {
      if (lines.length === 0) continue;
      const header =
        kind === 'people' ? 'person_ref,role,unit,birth_year,service_start,rank' : headerOf(kind as 'people');
      const file = csvFile(folder, `${kind}.csv`, header, lines);
      const { rows } = await session.call('imports.load', { file, kind, mapping: null });
      expect([kind, rows.rejected]).toEqual([kind, 0]);
    }
    for (const wave of ['2m', '5m']) {
      const primary = waves.find(({ name }) => name === wave) as Wave;
      const plan = pilotPlan({
        pilot: pilotAt(wave),
        arms: [
          { arm: 'BtheB', what: 'Beat the Blues.' },
          { arm: 'TAU', what: 'Treatment as usual.', isComparison: true },
        ],
        primary: outcomeAt(primary),
        secondaries: waves.filter(({ name }) => name !== wave).map(outcomeAt),
        analysis: {
          ...{ covariates: ['rank', 'role'], smallSample: 'none', subgroups: ['rank'] },
          tippingPointDeltas: [0, 5],
        },
        sessions: { planned: 8, minutes: 50, withinShift: false },
      });
      const { pilot, hash } = await session.call('pilots.save', { plan });
      await session.call('pilots.lock', { pilot, hash });
    }
    await session.engine.close();
  }, 60_000);
  afterAll(() => session.engine.close());

  async function analyse(wave: string): Promise<PilotEvaluationTold> {
    const { sd, r } = referenceCase('09-rci-jacobson-truax').options['btheb_parameters'] as Record<string, number>;
    const spec = writeText(
      join(folder, 'spec.json'),
      JSON.stringify({ pilot: pilotAt(wave), norms: { sd, reliability: r } }),
    );
    let out = '';
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        if (stream === process.stdout) out += String(text);
        return true;
      }),
    );
    const as = ['--user', user, '--passphrase-file', secret(), '--json'];
    const exit = await main(['analyse', vault, 'pilot-evaluation', '--spec', spec, ...as]);
    for (const spy of spies) spy.mockRestore();
    expect(exit, out).toBe(0);
    const { comparisons } = (JSON.parse(out) as { readonly result: PilotEvaluationResult }).result;
    const evaluation = comparisons[0]?.evaluation;
    if (!evaluation || 'refused' in evaluation) throw new Error(evaluation?.refused ?? 'nothing');
    return evaluation;
  }

  it('at two months: R’s lm, nlme::gls over all waves, and two-stage least squares', async () => {
    const { primary, further, subgroups, standards } = await analyse('2m');
    near(primary.estimate, -2.986126346679491, 1e-10);
    near(primary.se, 1.798610378346155, 1e-10);
    near(primary.p, 0.100270838402726, 1e-9);
    near(primary.low, -6.558321808639086, 1e-9);
    near(primary.high, 0.586069115280103, 1e-8);
    expect(primary.df).toBe(92);
    const [allWaves, tookPart] = further.map(({ found }) => found);
    if (!allWaves || 'refused' in allWaves || !tookPart || 'refused' in tookPart) throw new Error('refused');
    near(allWaves.estimate, -3.1579986834621443, 1e-5);
    near(allWaves.se, 1.7854845634099099, 1e-5);
    near(tookPart.estimate, -4.22734649819516, 1e-10);
    near(tookPart.se, 2.62243977044349, 1e-10);
    near((subgroups[0] as { readonly interactionP: number }).interactionP, 0.6094959, 1e-6);
    expect(standards.maryland.level).toBe(5);
  }, 60_000);

  it('at five months: missing scores taken as worse, by the mean-score formulas in R', async () => {
    const { missing, change } = await analyse('5m');
    if ('refused' in missing) throw new Error(missing.refused);
    const found = (whose: string, delta: number) =>
      missing.deltas.find((row) => row.missingOf === whose && row.delta === delta)?.found.estimate ?? 0;
    near(found('offered', 0), -4.067581993042966, 1e-10);
    near(found('offered', 5), -1.78593037931783, 1e-10);
    near(found('both arms', 5), -3.6531622301805, 1e-10);
    const { threshold } = (
      referenceCase('09-rci-jacobson-truax').reference as { readonly btheb: { readonly threshold: number } }
    ).btheb;
    near('refused' in change ? 0 : change.threshold, threshold, 1e-9);
  }, 60_000);
});

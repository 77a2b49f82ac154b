import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '#main/cli/main.ts';
import { forestOfSynthesis } from '#shared/charts/evidence-charts.ts';
import type { InputOf } from '#shared/contract/index.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import type { ReviewSynthesis } from '#shared/domain/evidence/synthesis.ts';
import { randomStream } from '#shared/domain/random.ts';
import { drawRandomisedPilot } from '../fixtures/drawn-pilots.ts';
import { answer, enrol, headerOf, inWholePoints, noExtracts, type PilotExtracts } from '../fixtures/pilot-extracts.ts';
import { pilotPlan } from '../fixtures/pilot-plan.ts';
import { reviewProtocol } from '../fixtures/review-protocol.ts';
import {
  csvFile,
  newVault,
  passphrase,
  type Session,
  temporaryFolder,
  unlocked,
  user,
  writeText,
} from './test-vault.ts';

const folder = temporaryFolder('evidence-studies');
const vault = join(folder, 'vault');
const review = 'Mindfulness for police';
let session: Session;

type Study = InputOf<'evidence.saveStudy'>['study'];

function trial(study: string, estimate: number, parts: Partial<Study> = {}): Study {
  return {
    ...{ study, title: study, reports: [{ citation: `${study}, a trial` }], design: 'randomised', studied: 'police' },
    findings: [
      {
        ...{ finding: 'after', outcome: 'distress', better: 'low', where: 'Table 2' },
        reported: { of: 'effect', measure: 'SMD', estimate, se: 0.12, n: 280 },
      },
    ],
    ...parts,
  };
}

const outcome = { outcome: 'distress', title: 'distress', measure: 'SMD', importantDifference: 0.2 } as const;

/** Every domain of RoB 2 judged alike. */
function appraisal(study: string, judgement: string): InputOf<'evidence.appraise'>['appraisal'] {
  const domains = ['randomisation', 'deviations', 'missing', 'measurement', 'reporting'];
  return {
    study,
    tool: 'rob-2',
    domains: domains.map((domain) => ({ domain, judgement, reason: 'as the paper tells' })),
  };
}

async function synthesis(more: Readonly<Record<string, unknown>> = {}) {
  const run = await session.call('analyses.run', {
    method: 'review-synthesis',
    spec: { review, outcome: 'distress', ...more },
  });
  return { run, result: run.result as unknown as ReviewSynthesis };
}

beforeAll(async () => {
  session = await newVault(vault, ['analyst', 'evaluator']);
  await session.call('users.add', { name: 'eve', roles: ['evaluator'], passphrase });
  await session.call('reviews.save', { protocol: reviewProtocol() });
  await session.call('reviews.save', { protocol: reviewProtocol({ review: 'Published' }) });
}, 60_000);
afterAll(() => session.engine.close());

describe('what a review makes of its studies', () => {
  it('holds every version of a study, and refuses one that was read before another came', async () => {
    const first = await session.call('evidence.saveStudy', { review, study: trial('A 2020', -0.5) });
    expect(first.version).toBe(1);
    expect(await session.refused('evidence.saveStudy', { review, study: trial('A 2020', -0.4) })).toMatchObject({
      code: 'BAD_INPUT',
    });
    const second = await session.call('evidence.saveStudy', { review, seen: 1, study: trial('A 2020', -0.3) });
    expect(second.version).toBe(2);
    expect(
      (await session.refused('evidence.saveStudy', { review, seen: 2, study: trial('A 2020', -0.3) })).message,
    ).toContain('says that already');
    await session.call('evidence.saveStudy', { review, study: trial('B 2021', -0.25) });
    await session.call('evidence.saveStudy', { review, study: trial('C 2022', -0.35) });
    const { studies } = await session.call('evidence.held', { review });
    expect(studies.map(({ study, version }) => [study.study, version])).toEqual([
      ['A 2020', 2],
      ['B 2021', 1],
      ['C 2022', 1],
    ]);
    expect(await session.refused('evidence.saveStudy', { review: 'No such', study: trial('A', 0) })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('puts an outcome together as it is defined, and gives another snapshot once a study changes', async () => {
    await session.call('evidence.saveOutcome', { review, outcome });
    const { run, result } = await synthesis();
    expect(run.spec).toMatchObject({ review, measure: 'SMD', importantDifference: 0.2, test: 'knha' });
    expect(result).toMatchObject({ studies: 3, people: 840 });
    expect(JSON.stringify((await synthesis()).run)).toBe(JSON.stringify(run));
    expect((await synthesis({ model: 'fixed' })).result.pooled).toMatchObject({ model: 'fixed' });
    await session.call('evidence.saveStudy', { review, seen: 1, study: trial('C 2022', -0.28) });
    expect((await synthesis()).run.provenance.snapshot).not.toBe(run.provenance.snapshot);
    const missing = await session.refused('analyses.run', {
      method: 'review-synthesis',
      spec: { review: 'Published', outcome: 'x', measure: 'SMD' },
    });
    expect(missing.code).toBe('NOT_FOUND');
  });

  it('keeps what two people judge apart, names where they differ, and takes the worse into the certainty', async () => {
    for (const study of ['A 2020', 'B 2021', 'C 2022']) {
      await session.call('evidence.appraise', { review, appraisal: appraisal(study, 'low') });
    }
    expect((await synthesis()).result.rows.map(({ bias }) => bias)).toEqual(['low', 'low', 'low']);
    await as('eve');
    await session.call('evidence.appraise', { review, appraisal: appraisal('A 2020', 'high') });
    await as(user);
    const { disagreements, appraisals } = await session.call('evidence.held', { review });
    expect(disagreements).toEqual([{ study: 'A 2020', tool: 'rob-2', judgements: ['high', 'low'] }]);
    expect(appraisals.map(({ appraiser }) => appraiser).sort()).toEqual(['eve', 'tester', 'tester', 'tester']);
    expect((await synthesis()).result.rows.map(({ bias }) => bias)).toEqual(['high', 'low', 'low']);
    const refused = await session.refused('evidence.appraise', { review, appraisal: appraisal('A 2020', 'splendid') });
    expect(refused.message).toContain('no judgement “splendid”');
    expect((await session.refused('evidence.appraise', { review, appraisal: appraisal('Z', 'low') })).code).toBe(
      'NOT_FOUND',
    );
  });

  it('rates certainty by a person before the numbers, and says both in the summary of findings', async () => {
    const before = (await session.call('evidence.summary', { review })).outcomes[0]!;
    expect(before.rated.domains.find(({ domain }) => domain === 'risk of bias')).toMatchObject({
      by: 'numbers',
      levels: -1,
    });
    await session.call('evidence.grade', {
      review,
      grade: {
        outcome: 'distress',
        ratings: [{ domain: 'risk of bias', levels: -2, reason: 'Nobody was blind to it.' }],
      },
    });
    const [row] = (await session.call('evidence.summary', { review })).outcomes;
    expect(row?.rated.domains.find(({ domain }) => domain === 'risk of bias')).toMatchObject({
      by: 'person',
      levels: -2,
    });
    expect(row?.row.reasons).toContain('risk of bias −2: Nobody was blind to it.');
    const forest = forestOfSynthesis(row?.synthesis.result as unknown as ReviewSynthesis);
    expect(forest.rows.find(({ kind }) => kind === 'pooled')?.text).toBe(row?.row.effect);
  });

  it('links guidance to outcomes that are there, and lets nobody take those away under it', async () => {
    const guidance: InputOf<'evidence.saveGuidance'>['guidance'] = {
      guidance: 'sessions-1',
      who: 'Response teams',
      what: 'Offer brief sessions within shifts',
      strength: 'conditional for',
      certainty: 'low',
      outcomes: ['distress'],
      reason: 'Little cost, a likely benefit.',
    };
    const unknown = { ...guidance, outcomes: ['sleep'] };
    expect((await session.refused('evidence.saveGuidance', { review, guidance: unknown })).code).toBe('NOT_FOUND');
    await session.call('evidence.saveGuidance', { review, guidance });
    expect((await session.call('evidence.guidance', {})).guidance).toMatchObject([
      { review, guidance: { guidance: 'sessions-1' } },
    ]);
    const take = { review, kind: 'outcome', item: 'distress', reason: 'entered twice' } as const;
    expect((await session.refused('evidence.withdraw', take)).message).toContain('rests on');
    await session.call('evidence.withdraw', { ...take, kind: 'study', item: 'C 2022' });
    expect((await synthesis()).result.studies).toBe(2);
    expect((await session.call('evidence.saveStudy', { review, study: trial('C 2022', -0.28) })).version).toBe(4);
  });

  it('begins with the published findings, to the digits printed, in a review that holds nothing yet', async () => {
    const copied = await session.call('evidence.startFrom', { review: 'Published', library: 'police-wellbeing' });
    expect(copied).toEqual({ studies: 10, outcomes: 15 });
    expect((await session.refused('evidence.startFrom', { review, library: 'police-wellbeing' })).message).toContain(
      'holds studies already',
    );
    const { outcomes } = await session.call('evidence.summary', { review: 'Published' });
    const depression = outcomes.find((each) => each.outcome.outcome === 'depression');
    expect(depression?.synthesis.reading.join(' ')).toContain('Lu and Petersen 2023 −0.47 (−0.73 to −0.22)');
    expect(depression?.row).toMatchObject({
      studies: 0,
      certainty: null,
      effect: '−0.47 (−0.73 to −0.22), as Lu and Petersen 2023 reports',
    });
    expect(outcomes.find((each) => each.outcome.outcome === 'absence')?.row.statement).toContain('1 found it better');
  });
});

/** Signs somebody else in; a vault is open once at a time. */
async function as(name: string): Promise<void> {
  await session.engine.close();
  session = await unlocked(vault, name);
}

describe('a finished pilot as a study', () => {
  const first = dayOfIso('2026-01-12') ?? 0;
  const allocatedOn = isoOfDay(first);
  const pilot = 'Brief sessions';

  async function load(extracts: PilotExtracts): Promise<void> {
    for (const [kind, lines] of Object.entries(extracts)) {
      if (lines.length === 0) continue;
      const file = csvFile(folder, `${kind}.csv`, headerOf(kind as keyof PilotExtracts), lines);
      await session.call('imports.load', { file, kind, mapping: null });
    }
  }

  it('enters with its estimate, its design and where it came from, once it is finished', async () => {
    const drawn = inWholePoints(drawRandomisedPilot(randomStream(22, pilot), 160, -4));
    const extracts = noExtracts();
    const after = drawn.scores.waves.find(({ wave }) => wave === drawn.scores.primaryWave)?.scores ?? [];
    drawn.people.forEach((person, at) => {
      const ref = `${pilot} ${at}`;
      enrol(extracts, pilot, ref, { allocatedOn, arm: person.offered ? 'sessions' : 'as usual' });
      answer(extracts, ref, first - 3, drawn.scores.baseline[at] ?? null);
      answer(extracts, ref, first + 84, after[at] ?? null);
    });
    await load(extracts);
    const primary = {
      measure: { of: 'score' as const, instrument: 'PCL-5' },
      ...{ better: 'low' as const, baseline: { fromDay: -30, toDay: 0 }, followUp: { fromDay: 70, toDay: 100 } },
    };
    const { hash } = await session.call('pilots.save', { plan: pilotPlan({ pilot, primary, secondaries: [] }) });
    await session.call('pilots.lock', { pilot, hash });
    const add = { review, pilot, outcome: 'distress' };
    expect((await session.refused('evidence.addPilot', add)).message).toContain('not finished');
    await session.call('pilots.finish', { pilot, reason: 'all were asked' });
    await session.call('evidence.addPilot', add);
    const evaluated = await session.call('analyses.run', { method: 'pilot-evaluation', spec: { pilot } });
    const held = (await session.call('evidence.held', { review })).studies.find(({ study }) => study.ownPilot !== null);
    expect(held?.study).toMatchObject({
      ...{ study: `Pilot ${pilot}`, design: 'randomised', studied: 'police' },
      ownPilot: { pilot, maryland: 5, method: 'pilot-evaluation', snapshot: evaluated.provenance.snapshot },
    });
    const { run, result } = await synthesis();
    expect(result.rows.filter(({ isOwnPilot }) => isOwnPilot)).toHaveLength(1);
    expect(run.warnings.join(' ')).toContain('this force’s own pilots');
    expect((await session.refused('evidence.addPilot', add)).message).toContain('says that already');
  }, 60_000);

  it('closes the loop of the plan from guidance by an action to the pilot and back to the review', async () => {
    const { action, title } = await session.call('plan.startAction', { guidance: { review, guidance: 'sessions-1' } });
    expect(title).toBe('Offer brief sessions within shifts');
    await session.call('plan.linkPilot', { action, pilot });
    const { turns } = await session.call('plan.loop', {});
    expect(turns[0]).toMatchObject({ action, study: { review, study: `Pilot ${pilot}` } });
  });
});

describe('the command line', () => {
  const secret = writeText(join(folder, 'passphrase.txt'), passphrase);

  async function tidemark(
    ...argv: string[]
  ): Promise<{ readonly exit: number; readonly json: Record<string, unknown> }> {
    let out = '';
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    try {
      const exit = await main(['evidence', vault, ...argv, '--user', user, '--passphrase-file', secret, '--json']);
      return { exit, json: JSON.parse(out) as Record<string, unknown> };
    } finally {
      spy.mockRestore();
    }
  }

  it('extracts, appraises, rates, sums up and advises from files', async () => {
    await session.engine.close();
    const fileOf = (document: object): string => writeText(join(folder, 'document.json'), JSON.stringify(document));
    const studies = [trial('D 2023', -0.3), trial('A 2020', -0.31)];
    expect(await tidemark('extract', review, '--file', fileOf({ studies }))).toMatchObject({
      exit: 0,
      json: {
        saved: [
          { item: 'D 2023', version: 1 },
          { item: 'A 2020', version: 3 },
        ],
      },
    });
    expect(await tidemark('appraise', review, '--file', fileOf(appraisal('A 2020', 'some concerns')))).toMatchObject({
      json: { saved: [{ version: 2 }] },
    });
    const grade = { outcome: 'distress', ratings: [{ domain: 'imprecision', levels: -1, reason: 'Few people.' }] };
    expect(await tidemark('grade', review, '--file', fileOf(grade))).toMatchObject({ exit: 0 });
    expect(await tidemark('summary', review)).toMatchObject({
      exit: 0,
      json: {
        kind: 'rapid',
        limits: [{ kind: 'languages' }, { kind: 'dates' }],
        outcomes: [{ row: { outcome: 'distress' } }],
      },
    });
    expect(await tidemark('guidance')).toMatchObject({ json: { guidance: [{ review }] } });
    expect(await tidemark('library')).toMatchObject({ json: { library: 'police-wellbeing' } });
    expect(await tidemark('withdraw', review, 'study', 'D 2023', '--reason', 'entered twice')).toMatchObject({
      exit: 0,
    });
    expect(await tidemark('withdraw', review, 'vault', 'D 2023', '--reason', 'entered twice')).toMatchObject({
      exit: 2,
    });
    expect(await tidemark('studies', 'No such review')).toMatchObject({
      exit: 3,
      json: { error: { code: 'NOT_FOUND' } },
    });
    session = await unlocked(vault);
  }, 60_000);
});

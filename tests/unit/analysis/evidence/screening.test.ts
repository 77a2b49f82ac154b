import { describe, expect, it } from 'vitest';
import { reviewerAgreement } from '#main/analysis/evidence/screening/agreement.ts';
import { reviewFlow } from '#main/analysis/evidence/screening/flow.ts';
import { decidersUnder, placeOf } from '#main/analysis/evidence/screening/place.ts';
import { decisionsPerHour } from '#main/analysis/evidence/screening/screening-rate.ts';
import { type Judgement, stageOutcome } from '#main/analysis/evidence/screening/stage-outcome.ts';
import { type JudgedPair, unitsOf } from '#main/analysis/evidence/screening/units.ts';
import { gwetAc1 } from '#main/stats/contingency/gwet-ac1.ts';
import { matrixFromRows } from '#main/stats/linear-algebra/matrix.ts';
import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import {
  type FullTextState,
  fullTextStates,
  pairVerdicts,
  type ScreeningStage,
  screeningStages,
  screeningVerdicts,
  searchSources,
} from '#shared/domain/review.ts';

const reasons = [
  { code: 'population', words: 'Nobody works for the police.' },
  { code: 'outcome', words: 'No strain is measured.' },
];

function judgement(user: string, decision: Judgement['decision'], reason: string | null = null, id = 1): Judgement {
  return { id, stage: 'title', decision, reason, user };
}

describe('what becomes of a record at a stage', () => {
  const fullText = (user: string, decision: Judgement['decision'], reason: string | null = null): Judgement => ({
    ...judgement(user, decision, reason),
    stage: 'full-text',
  });
  it.each<[string, ScreeningStage, readonly Judgement[], number, string]>([
    ['waits for the second', 'title', [judgement('a', 'include')], 2, 'waiting'],
    ['is kept by one where one is enough', 'title', [judgement('a', 'include')], 1, 'kept'],
    ['is kept by who is unsure of a title', 'title', [judgement('a', 'unsure'), judgement('b', 'include')], 2, 'kept'],
    ['is in conflict', 'title', [judgement('a', 'unsure'), judgement('b', 'exclude')], 2, 'conflict'],
    [
      'is excluded whatever the reasons, by title',
      'title',
      [judgement('a', 'exclude', 'x'), judgement('b', 'exclude')],
      2,
      'excluded',
    ],
    [
      'is in conflict over reasons',
      'full-text',
      [fullText('a', 'exclude', 'x'), fullText('b', 'exclude', 'y')],
      2,
      'conflict',
    ],
    [
      'is excluded for one reason',
      'full-text',
      [fullText('a', 'exclude', 'x'), fullText('b', 'exclude', 'x')],
      2,
      'excluded',
    ],
    ['leaves nobody unsure of a full text', 'full-text', [fullText('a', 'unsure')], 1, 'conflict'],
  ])('%s', (_name, stage, standing, needed, state) => {
    expect(stageOutcome(stage, standing, [], needed).state).toBe(state);
  });

  it('is what was agreed last, until that is taken back', () => {
    const standing = [judgement('a', 'include'), judgement('b', 'exclude')];
    const agreed = [judgement('a', 'exclude', 'x')];
    expect(stageOutcome('title', standing, agreed, 2)).toEqual({ state: 'excluded', reason: 'x' });
    expect(stageOutcome('title', standing, [...agreed, judgement('b', 'none')], 2).state).toBe('conflict');
  });
});

describe('screening by one', () => {
  const unit = { id: 1, records: [1, 2], isReadable: true };
  const chanceOf = (record: number): number => (record === 2 ? 0.1 : 0.9);

  it('asks a second person for the checked share, and for what is one with a record of it', () => {
    expect(decidersUnder({ by: 'one', checkedShare: 0.2 }, unit, chanceOf)).toBe(2);
    expect(decidersUnder({ by: 'one', checkedShare: 0.05 }, unit, chanceOf)).toBe(1);
    expect(decidersUnder({ by: 'one', checkedShare: 0 }, unit, () => 0)).toBe(1);
    expect(decidersUnder({ by: 'two' }, unit, chanceOf)).toBe(2);
  });
});

describe('records that are one', () => {
  const pair = (firstId: number, secondId: number, verdict: JudgedPair['verdict'], byRule = 1): JudgedPair => ({
    ...{ firstId, secondId, verdict, byRule },
  });
  const three = [1, 2, 3].map((id) => ({ id, hasTitle: id === 2 ? 1 : 0 }));

  it('are so through a third, and readable where one of them has a title', () => {
    expect(unitsOf(three, [pair(1, 2, 'same'), pair(2, 3, 'same')])).toEqual([
      { id: 1, records: [1, 2, 3], isReadable: true },
    ]);
  });

  it('are never two that a person keeps apart, and people are heard before rules', () => {
    const units = unitsOf(three, [pair(1, 2, 'same'), pair(2, 3, 'same', 0), pair(1, 3, 'apart', 0)]);
    expect(units.map(({ records }) => records)).toEqual([[1], [2, 3]]);
  });
});

type World = {
  readonly sources: readonly (typeof searchSources)[number][];
  readonly records: { readonly id: number; readonly hasTitle: number; readonly source: number }[];
  readonly pairs: Map<string, JudgedPair>;
  readonly decisions: Map<number, Judgement[]>;
  readonly resolutions: Map<number, Judgement[]>;
  readonly fullTexts: Map<number, FullTextState>;
  readonly studies: Map<number, string>;
  needed: number;
};

/** Something that may happen in a review, whatever sense it makes. */
function happens(random: RandomStream, world: World, id: number): void {
  const pick = <T>(items: readonly T[]): T => items[random.nextBelow(items.length)]!;
  const record = world.records.length === 0 ? 0 : pick(world.records).id;
  const event = world.records.length < 5 ? 0 : random.nextBelow(8);
  if (event <= 1) {
    const source = random.nextBelow(world.sources.length);
    world.records.push({ id, hasTitle: Number(random.nextBelow(8) > 0), source });
  } else if (event === 2) {
    const other = pick(world.records).id;
    if (other === record) return;
    const [firstId, secondId] = [Math.min(record, other), Math.max(record, other)];
    const verdict = pick(pairVerdicts);
    world.pairs.set(`${firstId} ${secondId}`, { firstId, secondId, verdict, byRule: random.nextBelow(2) });
  } else if (event <= 5) {
    const into = event === 5 && random.nextBelow(3) === 0 ? world.resolutions : world.decisions;
    const decision = pick([...screeningVerdicts, 'none'] as const);
    const reason = decision === 'exclude' ? pick([null, ...reasons.map(({ code }) => code), 'gone']) : null;
    const said = { id, stage: pick(screeningStages), decision, reason, user: pick(['a', 'b', 'c']) };
    into.set(record, [...(into.get(record) ?? []), said]);
  } else if (event === 6) world.fullTexts.set(record, pick(fullTextStates));
  else if (random.nextBelow(4) === 0) world.needed = 1 + random.nextBelow(2);
  else world.studies.set(record, `study ${random.nextBelow(3)}`);
}

function flowNow(world: World) {
  const units = unitsOf(world.records, [...world.pairs.values()]).map((unit) => {
    const all = (said: Map<number, Judgement[]>) =>
      unit.records.flatMap((record) => said.get(record) ?? []).sort((a, b) => a.id - b.id);
    const fullText = unit.records.flatMap((record) => world.fullTexts.get(record) ?? []).at(-1) ?? null;
    const history = { decisions: all(world.decisions), resolutions: all(world.resolutions), fullText };
    const study = unit.records.flatMap((record) => world.studies.get(record) ?? []).at(-1) ?? null;
    return { ...unit, ...placeOf(unit, history, () => world.needed), study };
  });
  const searches = world.sources.map((source, place) => ({
    ...{ search: place + 1, source, database: source },
    records: world.records.filter((record) => record.source === place).length,
  }));
  return { units, flow: reviewFlow({ searches, units, reasons }) };
}

describe('the flow', () => {
  it('adds up at every moment of 250 reviews in which anything happens', () => {
    const reached = new Set<string>();
    for (let review = 0; review < 250; review += 1) {
      const random = randomStream(review, 'flow');
      const world: World = {
        ...{ sources: searchSources, records: [], needed: 2 },
        ...{ pairs: new Map(), decisions: new Map(), resolutions: new Map(), fullTexts: new Map(), studies: new Map() },
      };
      for (let step = 1; step <= 60; step += 1) {
        happens(random, world, step);
        const { units, flow } = flowNow(world);
        for (const { place } of units) reached.add(place);
        const { identified, removed, screened, sought, assessed, included } = flow;
        const sums = [
          [identified.records, world.records.length],
          [identified.records, identified.databases + identified.registers + identified.others],
          [identified.records, identified.bySearch.reduce((sum, { records }) => sum + records, 0)],
          [identified.records, removed.duplicates + removed.unreadable + screened.records],
          [screened.records, screened.excluded + screened.kept + screened.waiting + screened.conflicts],
          [screened.kept, sought.reports],
          [sought.reports, sought.notRetrieved + sought.retrieved + sought.waiting],
          [sought.retrieved, assessed.reports],
          [assessed.reports, assessed.excluded + assessed.included + assessed.waiting + assessed.conflicts],
          [assessed.excluded, assessed.byReason.reduce((sum, { reports }) => sum + reports, 0)],
          [assessed.included, included.reports],
        ];
        for (const [whole, parts] of sums) expect(whole).toBe(parts);
        expect(included.studies).toBeLessThanOrEqual(included.reports);
        expect(units.flatMap(({ records }) => records).sort((a, b) => a - b)).toEqual(
          world.records.map(({ id }) => id),
        );
      }
    }
    // Nothing was left out: every place was reached, some by few.
    expect(reached.size).toBe(10);
  }, 60_000);
});

describe('agreement', () => {
  it('is of what two decided before either could know of the other', () => {
    const history = [
      judgement('b', 'include', null, 1),
      judgement('a', 'exclude', null, 2),
      // Changed after both had decided: it does not count.
      judgement('a', 'include', null, 3),
    ];
    const taken = [
      judgement('a', 'exclude', null, 4),
      judgement('a', 'include', null, 5),
      judgement('b', 'include', null, 6),
    ];
    expect(reviewerAgreement([history, taken], 'title')).toMatchObject([
      { first: 'a', second: 'b', n: 2, table: { bothKeep: 1, firstKeeps: 0, secondKeeps: 1, bothExclude: 0 } },
    ]);
  });

  it('falls by kappa and not by AC1 where nearly all are of one level (Gwet 2002, 118, 5, 2 and 0 of 125)', () => {
    const decided = (a: Judgement['decision'], b: Judgement['decision'], times: number) =>
      Array.from({ length: times }, () => [judgement('a', a), judgement('b', b)]);
    const [pair] = reviewerAgreement(
      [...decided('exclude', 'exclude', 118), ...decided('exclude', 'include', 5), ...decided('include', 'exclude', 2)],
      'title',
    );
    expect(pair!.kappa!.estimate).toBeCloseTo(-0.0234, 4);
    expect(pair!.ac1!.estimate).toBeCloseTo(0.9408, 4);
  });

  it('has the error of AC1 that Gwet’s formula of 2008 gives, with n − 1 for n', () => {
    const table = [
      [20, 5, 3],
      [4, 31, 6],
      [2, 1, 28],
    ];
    const n = 100;
    const p = table.map((row) => row.map((count) => count / n));
    const share = [0, 1, 2].map((k) => (p[k]!.reduce((a, b) => a + b) + p.reduce((sum, row) => sum + row[k]!, 0)) / 2);
    const pa = p[0]![0]! + p[1]![1]! + p[2]![2]!;
    const pe = share.reduce((sum, s) => sum + s * (1 - s), 0) / 2;
    const ac1 = (pa - pe) / (1 - pe);
    const onDiagonal = [0, 1, 2].reduce((sum, k) => sum + p[k]![k]! * (1 - share[k]!), 0) / 2;
    let all = 0;
    for (const k of [0, 1, 2]) for (const l of [0, 1, 2]) all += p[k]![l]! * (1 - (share[k]! + share[l]!) / 2) ** 2;
    const variance =
      (pa * (1 - pa) - 4 * (1 - ac1) * (onDiagonal - pa * pe) + 4 * (1 - ac1) ** 2 * (all / 4 - pe ** 2)) /
      (n * (1 - pe) ** 2);
    const found = gwetAc1(matrixFromRows(table), 0.95)!;
    expect(found.estimate).toBeCloseTo(ac1, 12);
    expect(found.se).toBeCloseTo(Math.sqrt((variance * n) / (n - 1)), 12);
  });
});

describe('the rate of screening', () => {
  it('is of the run that goes on, and none with few decisions or after a pause', () => {
    const every = (seconds: number, count: number, from = 0) =>
      Array.from({ length: count }, (_, at) => from + at * seconds * 1_000);
    expect(decisionsPerHour(every(12, 31), 400_000)).toBeCloseTo(300, 9);
    expect(decisionsPerHour(every(12, 4), 40_000)).toBeNull();
    expect(decisionsPerHour(every(12, 31), 2_000_000)).toBeNull();
    expect(decisionsPerHour([...every(1, 50), ...every(20, 10, 3_600_000)], 3_790_000)).toBeCloseTo(180, 9);
    // Hundreds from a file came at once.
    expect(decisionsPerHour([...every(0, 300, 1_000), ...every(12, 5, 5_000)], 60_000)).toBeLessThan(400);
  });
});

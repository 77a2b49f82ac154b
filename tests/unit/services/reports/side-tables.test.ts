import { describe, expect, it } from 'vitest';
import type { CaseFinding, InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import { type JudgedCounts, judgeCounts, type ReleaseBody } from '#main/services/reports/judge-counts.ts';
import type { ReportFacts } from '#main/services/reports/report-facts.ts';
import { spreadBins } from '#main/services/reports/spread-bins.ts';
import { evidence } from '../../../security/evidence.ts';
import { guesses, type Printed } from '../../disclosure/attacker.ts';
import { generator, whole } from '../../disclosure/random-tables.ts';

// As in security.md, test 8: TIDEMARK_TABLES=1000 draws all of them; an ordinary run draws some.
const rounds = process.env['TIDEMARK_TABLES'] === undefined ? 8 : 40;
const signal = new AbortController().signal;
const instrument = 'ANY';

function factsOf(given: {
  readonly screening?: readonly InstrumentSummary[];
  readonly perPerson?: readonly number[];
  readonly threshold?: number;
}): ReportFacts {
  const perPerson = [...(given.perPerson ?? [])].sort((a, b) => a - b);
  return {
    spec: {
      template: 'exposure-and-wellbeing',
      title: 'Any',
      from: '2026-01-01',
      to: '2026-06-30',
      scheme: 'count-v1',
      threshold: given.threshold ?? 5,
      clinicalThreshold: 10,
      marking: 'OFFICIAL-SENSITIVE',
    },
    exposure: {
      months: [],
      units: [],
      roles: [],
      unitMonths: [],
      byRole: [],
      byCategory: {},
      events: 0,
      peopleInPost: perPerson.length,
      peopleByUnit: [],
      peopleByRole: [],
      perPerson,
      coverage: null,
      limits: null,
    },
    screening: given.screening ?? [],
  } as unknown as ReportFacts;
}

/** People of one instrument, each group a finest count: the bands of a scale, or outcomes and none of them. */
type Screened = { readonly bands: readonly number[]; readonly notAssessed: number; readonly notAnswered: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function summaryOf(kind: 'nested' | 'exclusive', { bands, notAssessed, notAnswered }: Screened): InstrumentSummary {
  const judged = sum(bands);
  // The last band is below every cut-off, or none of the outcomes.
  const positives = bands.slice(0, -1).map((band, at) => (kind === 'nested' ? sum(bands.slice(0, at + 1)) : band));
  const findings = positives.map((positive, at): CaseFinding => {
    return { rule: `rule ${at}`, family: { name: 'scale', kind }, judged, positive, share: null };
  });
  const completed = judged + notAssessed;
  return { instrument, title: 'Any', invited: completed + notAnswered, completed, findings };
}

/** What is printed, by the finest counts that it adds up, and those small counts that nobody prints. */
function tablesOf(judged: JudgedCounts, summary: InstrumentSummary, { bands }: Screened) {
  const names = bands.map((_, at) => `band ${at}`);
  const nested = summary.findings[0]!.family.kind === 'nested';
  const print = (of: readonly string[], value: number | null): Printed => ({ of, published: value, rounding: 0 });
  const { value: invited } = judged.screened(instrument, 'invited');
  return [
    print([...names, 'not assessed', 'not answered'], invited),
    print([...names, 'not assessed'], judged.screened(instrument, 'answered').value),
    print(['not answered'], judged.screened(instrument, 'not answered').value),
    print(names, judged.assessed(instrument, 'scale').value),
    ...summary.findings.map((finding, at) =>
      print(nested ? names.slice(0, at + 1) : [names[at]!], judged.positive(instrument, finding).value),
    ),
  ];
}

async function expectWithheld(
  printed: readonly Printed[],
  values: ReadonlyMap<string, number>,
  threshold: number,
): Promise<number> {
  const hidden = printed.filter(({ published }) => published === null);
  const trueOf = ({ of }: Printed): number => sum(of.map((name) => values.get(name) ?? 0));
  const known = await guesses(printed, true, threshold);
  known.forEach(({ low, high }, at) => {
    const value = trueOf(hidden[at]!);
    expect(high - low, `${hidden[at]!.of.join(' + ')} is ${value}`).toBeGreaterThanOrEqual(threshold);
    if (value < threshold) expect(high).toBeGreaterThanOrEqual(threshold);
  });
  // Small groups that nobody prints, and that subtraction would show.
  const small = [...values].filter(([, value]) => value > 0 && value < threshold);
  const asked = small.map(([name]): Printed => ({ of: [name], published: null, rounding: 0 }));
  const all = await guesses([...printed, ...asked], false, threshold);
  for (const { low, high } of all.slice(hidden.length)) {
    expect(high - low).toBeGreaterThanOrEqual(threshold);
    expect(high).toBeGreaterThanOrEqual(threshold);
  }
  return hidden.length;
}

describe('positive screens in a report', () => {
  it.each(['nested', 'exclusive'] as const)(
    'give no small group away, printed or not: %s rules',
    async (kind) => {
      const random = generator(kind === 'nested' ? 11 : 12);
      let withheld = 0;
      for (let round = 0; round < rounds; round += 1) {
        const screened: Screened = {
          bands: Array.from({ length: whole(random, 2, 5) }, () => whole(random, 0, random() < 0.5 ? 14 : 60)),
          notAssessed: random() < 0.4 ? 0 : whole(random, 0, 15),
          notAnswered: whole(random, 0, 30),
        };
        if (sum(screened.bands) === 0) continue;
        const summary = summaryOf(kind, screened);
        const judged = await judgeCounts(factsOf({ screening: [summary] }), [], signal);
        const values = new Map([
          ...screened.bands.map((value, at): [string, number] => [`band ${at}`, value]),
          ['not assessed', screened.notAssessed],
          ['not answered', screened.notAnswered],
        ]);
        withheld += await expectWithheld(tablesOf(judged, summary, screened), values, 10);
      }
      expect(withheld).toBeGreaterThan(rounds);
      evidence(8, `positive screens by ${kind} rules`, `${rounds} families: no withheld or following count narrower`);
    },
    120_000,
  );

  it('are all printed where no group is small', async () => {
    const summary = summaryOf('nested', { bands: [12, 15, 40], notAssessed: 0, notAnswered: 20 });
    const judged = await judgeCounts(factsOf({ screening: [summary] }), [], signal);
    expect(judged.assessed(instrument, 'scale')).toEqual({ value: 67, reason: null });
    expect(summary.findings.map((finding) => judged.positive(instrument, finding).value)).toEqual([12, 27]);
  });

  it('are judged with what an earlier report of the same people let out', async () => {
    const screened: Screened = { bands: [30, 40], notAssessed: 0, notAnswered: 20 };
    const summary = summaryOf('exclusive', screened);
    const first = await judgeCounts(factsOf({ screening: [summary] }), [], signal);
    // The same people by a rule that counts four of them more.
    const other = { ...summary.findings[0]!, rule: 'another rule', positive: 34 };
    const both = { ...summary, findings: [{ ...other, family: { name: 'scale', kind: 'nested' as const } }] };
    const inner = {
      ...summary,
      findings: [{ ...summary.findings[0]!, family: { name: 'scale', kind: 'nested' as const } }, ...both.findings],
    };
    const judged = await judgeCounts(factsOf({ screening: [inner] }), [first.body], signal);
    expect(first.positive(instrument, summary.findings[0]!).value).toBe(30);
    expect(judged.positive(instrument, other).value).toBeNull();
  });
});

describe('the histogram of exposures per person', () => {
  const drawn = (random: () => number): number[] =>
    Array.from({ length: whole(random, 30, 160) }, () => Math.floor(whole(random, 0, 30) * random() * random() * 2));

  function printedOf(judged: JudgedCounts, facts: ReportFacts): Printed[] {
    const { printed, narrow } = spreadBins(facts)!;
    const nameOf = ({ from }: { readonly from: number }): string => `from ${from}`;
    return [
      { of: narrow.map(nameOf), published: judged.people({}).value, rounding: 0 },
      ...printed.map((bin) => ({
        of: narrow.filter(({ from, to }) => from >= bin.from && to <= bin.to).map(nameOf),
        published: judged.bin(bin).value,
        rounding: 0,
      })),
    ];
  }

  it('gives no small group away, alone or beside one that joined its bars otherwise', async () => {
    const random = generator(13);
    let withheld = 0;
    for (let round = 0; round < rounds; round += 1) {
      const perPerson = drawn(random);
      const [early, late] = [
        factsOf({ perPerson, threshold: 5 }),
        factsOf({ perPerson, threshold: whole(random, 11, 14) }),
      ];
      const bins = spreadBins(early);
      if (bins === null || spreadBins(late) === null) continue;
      const earlier: ReleaseBody[] = [];
      const first = await judgeCounts(early, earlier, signal);
      expect(bins.printed.every((bin) => first.bin(bin).value === bin.count)).toBe(true);
      const second = await judgeCounts(late, [first.body], signal);
      const values = new Map(bins.narrow.map(({ from, count }): [string, number] => [`from ${from}`, count]));
      const out = printedOf(first, early);
      await expectWithheld(out, values, 5);
      // What was out before stays out; what is added gives nothing more of the small groups away.
      const before = new Set(out.map(({ of }) => of.join()));
      const added = printedOf(second, late).filter(({ of }) => !before.has(of.join()));
      withheld += added.filter(({ published }) => published === null).length;
      await expectWithheld([...out, ...added.filter(({ published }) => published !== null)], values, 5);
    }
    expect(withheld).toBeGreaterThan(0);
    evidence(8, 'histograms of a report', `${rounds} pairs of releases that join bars otherwise: none narrower`);
  }, 120_000);
});

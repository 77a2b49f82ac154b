import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SupportUptake } from '#main/analysis/support/support-uptake.ts';
import { addedSections } from '#shared/contract/report-spec.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { blocksOf, countsOf, tablesOf } from '../integration/report-tables.ts';
import { newVault, type Session, temporaryFolder } from '../integration/test-vault.ts';
import { guesses, type Printed } from '../unit/disclosure/attacker.ts';
import { drawnWaves, lastDay, loadDrawnPlaces, oldestOpenHours, whoeverPattern } from './drawn-places.ts';

// As in security.md, test 8: TIDEMARK_TABLES=1000 draws more of them; an ordinary run draws some.
const seeds = Array.from({ length: process.env['TIDEMARK_TABLES'] === undefined ? 2 : 20 }, (_, at) => 32 + at);
const folder = temporaryFolder('drawn-places');
const [people, volunteers] = [10, 5];
const period = { from: isoOfDay(lastDay - 364), to: isoOfDay(lastDay) };

const peopleKeys = new Set([
  'count',
  'n',
  'couples',
  'complete',
  'officers',
  'people',
  'households',
  'requests',
  'open',
]);
const volunteerKeys = new Set(['listed', 'ready', 'overCapacity']);

/** Every number that counts somebody, wherever it stands, with the way to it. */
function countsIn(
  value: unknown,
  way = '',
): { readonly way: string; readonly count: number; readonly least: number }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${way}.${key}`;
    if (typeof inner !== 'number') return countsIn(inner, here);
    if (volunteerKeys.has(key) || (key === 'volunteers' && !way.includes('lorenz')))
      return [{ way: here, count: inner, least: volunteers }];
    return peopleKeys.has(key) ? [{ way: here, count: inner, least: people }] : [];
  });
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const fewPeople =
  /(?<![\d.,–-])[1-9] (?:people|persons?|households?|families|couples?|officers?|partners?|requests?)\b/;
const fewVolunteers = /(?<![\d.,–-])[1-4] volunteers?\b/;

function holdsNothingSmall(of: unknown, what: string): void {
  for (const { way, count, least } of countsIn(of)) {
    expect(count === 0 || count >= least, `${what}${way}: ${count}`).toBe(true);
  }
  for (const words of stringsIn(of)) {
    // Rules name the thresholds themselves: “fewer than 5 volunteers”.
    const told = words.replaceAll(/(?:fewer|less) than \d+ \w+/g, '');
    expect(told, what).not.toMatch(fewPeople);
    expect(told, what).not.toMatch(fewVolunteers);
  }
  expect(JSON.stringify(of), what).not.toMatch(whoeverPattern);
}

/** No finest count, and no withheld figure, can be told to be small and not nothing. */
async function givesNothingAway(printed: readonly Printed[], least: number, what: string): Promise<void> {
  const finest = [...new Set(printed.flatMap(({ of }) => of))].map((name) => ({
    of: [name],
    published: null,
    rounding: 0,
  }));
  for (const { low, high } of await guesses([...printed, ...finest], false, least)) {
    expect(low > 0 && high < least, `${what}: ${low} to ${high}`).toBe(false);
  }
}

function figure(of: readonly string[], published: number | null): Printed {
  return { of, published, rounding: 0 };
}

function flowPrinted({ flow }: FamilyImpactResult): Printed[] {
  return flow.map(({ count }, at) =>
    figure(
      flow.slice(at).map(({ step }) => `leave after ${step}`),
      count,
    ),
  );
}

/** Counts of households of one wave may be of sets within each other, so that any two are laid side by side. */
function keepsApart({
  flow,
  scores,
  differences,
  spillover,
  crossover,
  mediation,
  children,
}: FamilyImpactResult): void {
  const counts = [
    ...flow.map(({ count }) => count),
    ...[...scores, ...differences].map(({ n }) => n),
    ...(spillover.refused === null ? [spillover.officers] : []),
    ...(crossover.refused === null ? [crossover.couples, crossover.complete] : []),
    ...(mediation.refused === null ? [mediation.complete] : []),
    children.households,
  ].filter((count) => count !== null);
  for (const one of counts) {
    for (const other of counts) {
      const between = Math.abs(one - other);
      expect(between === 0 || between >= people, `${one} and ${other}`).toBe(true);
    }
  }
  const { bands, households } = children;
  expect(bands.filter(({ count }) => count === null).length === 1 && households !== null).toBe(false);
}

async function supportGivesNothingAway({ services }: SupportUptake): Promise<void> {
  for (const { service, people: started, funnel, groups } of services) {
    const step = (name: string): number | null => funnel.find((one) => one.step === name)?.people ?? null;
    const chain = ['contacted', 'engaged', 'completed'];
    await givesNothingAway(
      [figure(['before', ...chain], started), ...chain.map((name, at) => figure(chain.slice(at), step(name)))],
      people,
      service,
    );
    for (const { by, groups: own } of groups) {
      const all = own.flatMap(({ group }) => [`${group} took`, `${group} not`]);
      const took = own.map(({ group }) => `${group} took`);
      const printed = own.flatMap(({ group, people: held, uptake }) => [
        figure([`${group} took`, `${group} not`], held),
        figure([`${group} took`], held === null || uptake === null ? null : Math.round(held * uptake.share)),
      ]);
      if (own.length === 0) continue;
      await givesNothingAway(
        [figure(all, started), figure(took, step('contacted')), ...printed],
        people,
        `${service} ${by}`,
      );
    }
  }
}

async function networkGivesNothingAway({
  coverage,
  volunteers: held,
  supervision,
  response,
  links,
}: PeerNetworkResult) {
  const cell = (area: string, shift: string): string => `${area} ${shift}`;
  const shifts = [...new Set(coverage.cells.map(({ shift }) => shift))];
  await givesNothingAway(
    [
      ...coverage.cells.map((one) => figure([cell(one.area, one.shift)], one.people)),
      ...coverage.areas.map(({ area, people: asked }) =>
        figure(
          shifts.map((shift) => cell(area, shift)),
          asked,
        ),
      ),
    ],
    people,
    'coverage',
  );
  for (const { area, people: asked } of coverage.areas) {
    const own = links.filter((link) => link.area === area);
    if (own.length === 0) continue;
    const printed = own.map(({ base, people: met }) => figure([base], met));
    await givesNothingAway(
      [
        ...printed,
        figure(
          own.map(({ base }) => base),
          asked,
        ),
      ],
      people,
      `links of ${area}`,
    );
  }
  const kinds = ['ready', ...held.notReady.map(({ reason }) => reason)];
  await givesNothingAway(
    [
      figure(kinds, held.listed),
      figure(['ready'], held.ready),
      ...held.notReady.map(({ reason, volunteers: count }) => figure([reason], count)),
    ],
    volunteers,
    'volunteers',
  );
  const gaps = supervision.gaps.map(({ gap }) => gap);
  await givesNothingAway(
    [
      figure(
        gaps.filter((gap) => gap !== 'renewed since'),
        supervision.people,
      ),
      ...supervision.gaps.map(({ gap, people: lacking }) => figure([gap], lacking)),
    ],
    people,
    'supervision',
  );
  requestsGiveNothingAway(response, coverage);
}

function requestsGiveNothingAway(
  { requests, curve }: PeerNetworkResult['response'],
  { areas }: PeerNetworkResult['coverage'],
): void {
  if (requests === null) return;
  const asked = areas.map(({ people: count }) => count);
  if (!asked.includes(null)) {
    const again = requests - asked.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    expect(again === 0 || again >= people, `asked again: ${again}`).toBe(true);
  }
  // Open requests of the drawn force are older than this, so that the shares up to here are of all requests.
  const points = curve.filter(({ hours }) => hours <= oldestOpenHours);
  const answered = [0, ...points.map(({ waiting }) => Math.round(requests * (1 - waiting)))];
  for (const [at, count] of answered.slice(1).entries()) {
    const between = count - (answered[at] ?? 0);
    expect(between === 0 || between >= people, `answered between two points: ${between}`).toBe(true);
  }
}

async function answerOf<Answer>(session: Session, method: string, spec: Record<string, unknown>) {
  const answer = await session.call('analyses.run', { method, spec });
  // The script for R reads an extract, and holds no figure of it.
  const { r, ...told } = answer;
  expect(r, method).not.toMatch(whoeverPattern);
  holdsNothingSmall({ result: told.result, reading: told.reading, warnings: told.warnings }, method);
  return told.result as unknown as Answer;
}

function reportGivesNothingAway(document: ReportDocument): void {
  const mine = {
    ...document,
    sections: document.sections.filter(({ id }) => addedSections.some((name) => name === id)),
  };
  const asked = document.layout === 'sheet' ? document : mine;
  for (const { caption, data } of tablesOf(asked)) {
    for (const count of countsOf(data).flat()) {
      expect(count === null || count === 0 || count >= (data.threshold ?? people), `${caption}: ${count}`).toBe(true);
    }
  }
  for (const block of blocksOf(asked)) {
    if (block.kind !== 'figure' || block.chart.kind !== 'bars') continue;
    for (const { value } of block.chart.bars) {
      expect(typeof value !== 'number' || value === 0 || value >= people, block.title).toBe(true);
    }
  }
  holdsNothingSmall(asked.sections, 'report');
}

describe.each(seeds)(
  'what a small force lets out of families, support and its peer network (drawn with %i)',
  (seed) => {
    it('is no small count, none that follows from others, and nothing of one household, person or volunteer', async () => {
      const session = await newVault(join(folder, `vault-${seed}`));
      await loadDrawnPlaces(session, folder, seed);
      for (const wave of drawnWaves) {
        const families = await answerOf<FamilyImpactResult>(session, 'family-impact', { wave, samples: 200 });
        keepsApart(families);
        await givesNothingAway(flowPrinted(families), people, `flow of ${wave}`);
      }
      await supportGivesNothingAway(await answerOf<SupportUptake>(session, 'support-uptake', period));
      for (const days of [365, 120]) {
        await networkGivesNothingAway(
          await answerOf<PeerNetworkResult>(session, 'peer-network', { asOf: period.to, days }),
        );
      }
      const documentOf = async (spec: Parameters<typeof session.call<'reports.preview'>>[1]['spec']) =>
        (await session.call('reports.preview', { spec })).document as unknown as ReportDocument;
      reportGivesNothingAway(
        await documentOf({ template: 'exposure-and-wellbeing', ...period, sections: [...addedSections] }),
      );
      for (const wave of drawnWaves) reportGivesNothingAway(await documentOf({ template: 'family-summary', wave }));
      await session.engine.close();
    });
  },
);

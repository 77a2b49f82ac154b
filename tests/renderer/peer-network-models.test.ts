import { describe, expect, it } from 'vitest';
import { responseSpec } from '#shared/charts/peer-charts.ts';
import type { PeerMatching } from '#shared/domain/peer-matching.ts';
import type { PeerCoverage, PeerNetworkResult, VolunteerRow } from '#shared/domain/peer-network.ts';
import { needsWords, whyWords } from '../../src-renderer/features/support/matching/match-words.ts';
import { pairsToChoose } from '../../src-renderer/features/support/matching/neighbours.ts';
import { coverageFinding, coverageRows } from '../../src-renderer/features/support/network/coverage-model.ts';
import { focusWords, pictureFinding, pictureSpec } from '../../src-renderer/features/support/network/picture-model.ts';
import { newestDayOf } from '../../src-renderer/features/support/network/question.ts';
import { readinessOf } from '../../src-renderer/features/support/network/readiness.ts';
import { responseFinding } from '../../src-renderer/features/support/network/response-model.ts';
import { shownVolunteers } from '../../src-renderer/features/support/network/volunteer-rows.ts';

const volunteer = (name: string, change: Partial<VolunteerRow> = {}): VolunteerRow => ({
  volunteer: name,
  kind: 'peer',
  base: 'North',
  skills: [],
  languages: [],
  vettedUntil: '2028-01-15',
  trainedUntil: '2027-02-01',
  supervised: true,
  notReady: [],
  capacity: 3,
  inUse: 1,
  contacts: 1,
  minutes: 45,
  daysWithoutRest: 0,
  daysSinceContact: 4,
  offer: null,
  ...change,
});

const places = (every: number) => ({ early: every, late: every, night: 0 });
const coverage: PeerCoverage = {
  areas: [
    { area: 'East', people: null, capacity: places(0), needWithoutCapacity: false },
    { area: 'North', people: 52, capacity: places(9), needWithoutCapacity: false },
    { area: 'Coast', people: 24, capacity: { early: 0, late: 0, night: 0 }, needWithoutCapacity: true },
  ],
  cells: [
    { area: 'East', shift: 'early', people: null },
    { area: 'East', shift: 'late', people: 0 },
    { area: 'East', shift: 'night', people: null },
    { area: 'North', shift: 'early', people: 40 },
    { area: 'North', shift: 'late', people: 0 },
    { area: 'North', shift: 'night', people: 12 },
    { area: 'Coast', shift: 'early', people: 24 },
    { area: 'Coast', shift: 'late', people: 0 },
    { area: 'Coast', shift: 'night', people: 0 },
  ],
};

describe('the coverage matrix', () => {
  it('keeps what is withheld apart from nobody, and does not say that a place is missing where it does not tell who asked', () => {
    const east = coverageRows(coverage).find(({ area }) => area === 'East')!;
    expect(east.cells.map(({ people }) => people)).toEqual([null, 0, null]);
    expect(east.cells.map(({ noPlace }) => noPlace)).toEqual([false, false, false]);
  });

  it('marks the shift that nobody ready takes, and puts the area without anybody first', () => {
    const [coast, , north] = coverageRows(coverage);
    expect(coast).toMatchObject({ area: 'Coast', isBare: true });
    expect(north!.cells.map(({ noPlace }) => noPlace)).toEqual([false, false, true]);
    expect(coverageFinding(coverage)).toMatch(/^Coast: people asked, and no ready volunteer/);
  });

  it('draws the most people darkest', () => {
    const shades = coverageRows(coverage).flatMap(({ cells }) => cells.map(({ people, shade }) => [people, shade]));
    expect(shades).toContainEqual([40, 4]);
    expect(shades).toContainEqual([24, 3]);
    expect(shades).toContainEqual([0, 0]);
  });
});

describe('the list of volunteers', () => {
  const over = volunteer('OVER', { inUse: 5, offer: 'They carry more people than they said they can.' });
  const lapsed = volunteer('LAPSED', { notReady: ['vetting lapsed'], vettedUntil: '2026-01-01' });
  const soon = volunteer('SOON', { trainedUntil: '2026-05-30' });
  const free = volunteer('FREE', { inUse: 0 });
  const rows = [free, lapsed, over, soon];
  const names = (show: Parameters<typeof shownVolunteers>[1]) =>
    shownVolunteers(rows, show, '2026-03-31').map((row) => row.volunteer);

  it('begins with those to whom an offer is due', () => {
    expect(names('all')[0]).toBe('OVER');
    expect(names('offer')).toEqual(['OVER']);
  });

  it('finds who is ready, and whose vetting or training ends within 60 days but has not', () => {
    expect(names('ready')).not.toContain('LAPSED');
    expect(names('due')).toEqual(['SOON']);
  });

  it('counts from the list where it is there, else from what may be told', () => {
    const told = {
      volunteers: { listed: null, ready: null, notReady: [] },
      load: { overCapacity: null },
    } as unknown as PeerNetworkResult;
    expect(readinessOf({ ...told, rows })).toMatchObject({ listed: 4, ready: 3, over: 1 });
    expect(readinessOf(told)).toMatchObject({ listed: null, ready: null, over: null });
  });
});

describe('the picture of the network', () => {
  const network = {
    coverage,
    links: [
      { area: 'North', base: '(nobody yet)', people: null },
      { area: 'North', base: 'Coast', people: 12 },
      { area: 'North', base: 'North', people: 30 },
    ],
    rows: [volunteer('FREE'), volunteer('OVER', { inUse: 5 }), volunteer('LAPSED', { notReady: ['vetting lapsed'] })],
  } as unknown as PeerNetworkResult;

  it('sets those who met nobody last, and who carries too much first', () => {
    const { bases } = pictureSpec(network, null);
    expect(bases.map(({ name, isNowhere }) => [name, isNowhere])).toEqual([
      ['Coast', false],
      ['North', false],
      ['Nobody yet', true],
    ]);
    expect(bases[1]!.volunteers.map(({ state }) => state)).toEqual(['over', 'ready', 'away']);
    expect(bases[1]!.words).toBe('2 of 3 ready, 7 of 9 places used');
    expect(bases[0]!.words).toBe('no volunteer is based here');
  });

  it('puts a place that is looked at closer in words, what is withheld too', () => {
    expect(focusWords(pictureSpec(network, { side: 'area', name: 'North' }))).toBe(
      'North, 52 people asked. By the base of their first contact: Coast 12; North 30; Nobody yet withheld.',
    );
  });

  it('says of a part that it is a part, and counts nobody who met nobody', () => {
    expect(pictureFinding(network)).toMatch(/^12 people first met a volunteer of another base/);
    const links = [...network.links, { area: 'North', base: 'East', people: null }];
    expect(pictureFinding({ ...network, links })).toMatch(/^At least 12 people/);
  });

  it('shows nobody’s volunteers to whoever may not see them', () => {
    const { rows: _, ...told } = network;
    expect(pictureSpec(told, null).bases.flatMap(({ volunteers }) => volunteers)).toEqual([]);
  });
});

describe('the time to an answer', () => {
  const response = {
    requests: 40,
    open: null,
    withinShare: { estimate: 0.8, low: 0.7, high: 0.9 },
    hours: 72,
    medianHours: null,
    curve: [
      { hours: 0, waiting: 1, low: null, high: null },
      { hours: 72, waiting: 0.2, low: 0.1, high: 0.3 },
    ],
  };

  it('rises as fewer wait, its upper limit being the least that still waits', () => {
    const [answered, upper, lower] = responseSpec(response).lines;
    expect(answered!.points).toEqual([
      [0, 0],
      [72, 0.8],
    ]);
    expect(upper!.points).toEqual([[72, 0.9]]);
    expect(lower!.points).toEqual([[72, 0.7]]);
  });

  it('says in words that the median or everything is withheld', () => {
    expect(responseFinding(response)).toMatch(/80.0% .* within 72 hours; when half were cannot be shown/);
    expect(responseFinding({ ...response, withinShare: null })).toMatch(/withheld/);
  });
});

it('looks at the newest day on which somebody asked or was met, else at that of the volunteers', () => {
  const held = (kind: string, to: string | null, rows = 1) => ({ kind, rows, to });
  expect(newestDayOf([held('volunteers', '2026-04-30'), held('peer_requests', '2026-03-31')])).toBe('2026-03-31');
  expect(newestDayOf([held('volunteers', '2026-04-30'), held('peer_requests', null, 0)])).toBe('2026-04-30');
  expect(newestDayOf([held('support', '2026-04-30')])).toBeNull();
});

describe('the words of a match', () => {
  it('puts needs in words, tagged or plain', () => {
    expect(needsWords(['trauma', 'language:pl', 'shift:Night', 'conflict:North'])).toBe(
      'trauma, in Polish, night shift, nobody from North',
    );
    expect(needsWords([])).toBe('nothing in particular');
  });

  it('says what was weighed against it after why it is proposed', () => {
    expect(whyWords({ why: ['speaks Polish', 'based in North'], but: ['does not list trauma'] })).toBe(
      'Speaks Polish, based in North. Against it: does not list trauma.',
    );
    expect(whyWords({ why: [], but: ['base or area is not given'] })).toBe('Against it: base or area is not given.');
  });

  it('offers each pair of areas once, and keeps one that is chosen though nobody asks from there', () => {
    const matching = { proposals: [{ area: 'North', base: 'South' }], unmatched: [{ area: null }] };
    expect(pairsToChoose(matching as unknown as PeerMatching, [['East', 'North']])).toEqual([
      ['East', 'North'],
      ['East', 'South'],
      ['North', 'South'],
    ]);
  });
});

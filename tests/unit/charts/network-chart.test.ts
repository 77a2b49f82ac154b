import { describe, expect, it } from 'vitest';
import { drawChart } from '#main/report/draw-chart.ts';
import { lightTheme } from '#shared/charts/chart-theme.ts';
import { networkHeightPx, networkKeyPx, networkLayout } from '#shared/charts/network-layout.ts';
import type { NetworkSpec, NetworkVolunteer } from '#shared/charts/network-spec.ts';
import { type Box, overlap } from '#shared/charts/path-layout.ts';

const states = ['over', 'ready', 'away'] as const;
const volunteer = (at: number): NetworkVolunteer => ({
  id: `V${at}`,
  inUse: at % 7,
  state: states[at % 3] ?? 'ready',
  words: `V${at}`,
});

/** So many volunteers over so many bases, the last base with the most, and somebody of every area met at every base. */
function networkOf(volunteers: number, bases: number): NetworkSpec {
  const names = Array.from({ length: bases }, (_, at) => `Base ${at + 1} of a force with long names`);
  const all = Array.from({ length: volunteers }, (_, at) => volunteer(at));
  const nowhere = { name: 'Nobody yet', words: 'asked, and met nobody so far', isNowhere: true, volunteers: [] };
  return {
    kind: 'network',
    areas: names.map((name, at) => ({ name, words: `${100 + at} people asked` })),
    bases: [
      ...names.map((name, at) => ({
        name,
        words: '3 of 4 ready, 1 of 12 places used',
        isNowhere: false,
        volunteers: all.filter((_, of) => (at === bases - 1 ? of % 2 === 0 : of % 2 === 1 && of % (bases - 1) === at)),
      })),
      nowhere,
    ],
    links: names.flatMap((area, row) =>
      [...names, nowhere.name].map((base, column) => ({
        area,
        base,
        people: (row + column) % 4 === 3 ? null : 10 + 37 * ((row * column) % 31),
        words: area,
      })),
    ),
    focus: null,
  };
}

const sizes = [
  [16, 4],
  [60, 6],
  [500, 4],
  [500, 20],
] as const;

const edges = ({ x, y, width, height }: Box) => [x - width / 2, x + width / 2, y - height / 2, y + height / 2] as const;

describe.each(sizes)('the picture of %i volunteers at %i bases', (volunteers, bases) => {
  const spec = networkOf(volunteers, bases);
  const heightPx = networkHeightPx(spec);

  it.each([560, 760, 1_160])('keeps everything in a frame of %i pixels, nothing over another', (widthPx) => {
    const layout = networkLayout(spec, lightTheme.fontSizePx, { widthPx, heightPx });
    const labels = layout.links.flatMap(({ label }) => (label === null ? [] : [label]));
    const boxes = [...layout.areas.map(({ box }) => box), ...layout.bases.map(({ box }) => box), ...labels];
    for (const box of boxes) {
      const [left, right, top, bottom] = edges(box);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(widthPx);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(heightPx - networkKeyPx);
    }
    for (const [at, box] of boxes.entries()) {
      expect(boxes.slice(at + 1).filter((other) => overlap(box, other))).toEqual([]);
    }
  });

  it.each([560, 760, 1_160])('sets every volunteer apart within their base at %i pixels', (widthPx) => {
    const layout = networkLayout(spec, lightTheme.fontSizePx, { widthPx, heightPx });
    expect(layout.volunteers).toHaveLength(volunteers);
    const boxOf = new Map(layout.bases.map(({ place, box }) => [place.name, box]));
    for (const [at, dot] of layout.volunteers.entries()) {
      const [left, right, top, bottom] = edges(boxOf.get(dot.base)!);
      const half = dot.diameter / 2;
      expect(dot.x - half > left && dot.x + half < right && dot.y - half > top && dot.y + half < bottom).toBe(true);
      const close = layout.volunteers
        .slice(at + 1)
        .filter(({ x, y, diameter }) => Math.hypot(x - dot.x, y - dot.y) < (diameter + dot.diameter) / 2);
      expect(close).toEqual([]);
    }
  });
});

describe('the picture of a network', () => {
  const spec = networkOf(60, 4);

  it('draws a volunteer with more places in use larger, and a line of more people thicker', () => {
    const { volunteers, links } = networkLayout(spec, 12, { widthPx: 1_000, heightPx: networkHeightPx(spec) });
    const sized = [...volunteers].sort((a, b) => a.volunteer.inUse - b.volunteer.inUse);
    expect(sized.at(-1)!.diameter).toBeGreaterThan(2 * sized[0]!.diameter);
    const told = links.filter(({ link }) => link.people !== null).sort((a, b) => a.link.people! - b.link.people!);
    expect(told.at(-1)!.width).toBeGreaterThan(told[0]!.width + 4);
  });

  it('lets the lines of a place take no more than its side, one beside the other', () => {
    const people = spec.links.map((link) => ({ ...link, people: 300 }));
    const { areas, links } = networkLayout({ ...spec, links: people }, 12, { widthPx: 1_000, heightPx: 900 });
    for (const { place, box } of areas) {
      const own = links
        .filter(({ link }) => link.area === place.name)
        .sort((a, b) => a.points[0]![1] - b.points[0]![1]);
      const tops = own.map(({ points, width }) => points[0]![1] - width / 2);
      const bottoms = own.map(({ points, width }) => points[0]![1] + width / 2);
      expect(tops[0]).toBeGreaterThanOrEqual(box.y - box.height / 2);
      expect(bottoms.at(-1)).toBeLessThanOrEqual(box.y + box.height / 2);
      expect(tops.slice(1).every((top, at) => top >= bottoms[at]! - 1e-9)).toBe(true);
    }
  });

  it('does not let one volunteer who carries most make all others small', () => {
    const bases = spec.bases.map((base, at) => ({
      ...base,
      volunteers: base.volunteers.map((one, of) => (at + of === 0 ? { ...one, inUse: 90 } : { ...one, inUse: 4 })),
    }));
    const { volunteers } = networkLayout({ ...spec, bases }, 12, { widthPx: 1_000, heightPx: 900 });
    const diameters = volunteers.map(({ diameter }) => diameter);
    expect(Math.min(...diameters)).toBeGreaterThan(0.8 * Math.max(...diameters));
  });

  it('dashes the lines of withheld counts, and writes no number on them', () => {
    const { links } = networkLayout(spec, 12, { widthPx: 1_000, heightPx: networkHeightPx(spec) });
    const withheld = links.filter(({ link }) => link.people === null);
    expect(withheld.length).toBeGreaterThan(0);
    expect(withheld.every(({ label }) => label === null)).toBe(true);
    const { svg } = drawChart(spec, 'network', 1_000);
    // Besides them, the border of the place that is none.
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(withheld.length + 1);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('writes the numbers of the place that is looked at closer alone', () => {
    const name = spec.areas[0]!.name;
    const links = [10, 20, 30, 40].map((people, at) => ({
      area: spec.areas[at]!.name,
      base: spec.bases[at]!.name,
      people,
      words: '',
    }));
    const numbers = (focus: NetworkSpec['focus']) =>
      drawChart({ ...spec, links, focus }, 'network', 1_000).svg.match(/>(10|20|30|40)</g)?.length ?? 0;
    expect(numbers(null)).toBe(4);
    expect(numbers({ side: 'area', name })).toBe(1);
  });

  it('leaves out a line to a place that is not there', () => {
    const links = [{ area: spec.areas[0]!.name, base: 'gone', people: 12, words: '' }];
    expect(networkLayout({ ...spec, links }, 12, { widthPx: 800, heightPx: 400 }).links).toEqual([]);
  });

  it('is drawn without volunteers where the reader may not see them', () => {
    const bases = spec.bases.map((base) => ({ ...base, volunteers: [] }));
    const { svg } = drawChart({ ...spec, bases }, 'network', 900);
    expect(svg).not.toContain('Takes nobody new on');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

import type { NetworkBase, NetworkPlace, NetworkSpec, NetworkVolunteer } from '#shared/charts/network-spec.ts';
import { noArea, nobodyYet, type PeerNetworkResult, type VolunteerRow } from '#shared/domain/peer-network.ts';
import { formatCount, plural } from '../../../ui/format.ts';
import { isReady } from './readiness.ts';
import { networkText } from './text.ts';

const text = networkText.picture;

export type PictureFocus = NetworkSpec['focus'];

/** By name, those without one last and nobody behind them. */
function inOrder(names: Iterable<string>): readonly string[] {
  const rank = (name: string) => [noArea, nobodyYet].indexOf(name);
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

export function placeName(name: string): string {
  if (name === nobodyYet) return text.nobodyYet;
  return name === noArea ? text.noArea : name;
}

function stateOf(row: VolunteerRow): NetworkVolunteer['state'] {
  if (row.inUse > row.capacity) return 'over';
  return isReady(row) ? 'ready' : 'away';
}

function volunteerOf(row: VolunteerRow): NetworkVolunteer {
  const state = stateOf(row);
  return {
    id: row.volunteer,
    inUse: row.inUse,
    state,
    words: `${row.volunteer}\n${networkText.of(row.inUse, row.capacity)} places used\n${text.states[state]}`,
  };
}

const states = ['over', 'ready', 'away'] as const;

/** Those who carry too much first, then the ready and those who take nobody on; in each the busiest first. */
function volunteersOf(rows: readonly VolunteerRow[]): readonly NetworkVolunteer[] {
  return rows
    .map(volunteerOf)
    .sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state) || b.inUse - a.inUse || (a.id < b.id ? -1 : 1));
}

function baseWords(rows: readonly VolunteerRow[]): string {
  if (rows.length === 0) return text.nobodyBased;
  const used = rows.reduce((sum, { inUse }) => sum + inUse, 0);
  const places = rows.reduce((sum, { capacity }) => sum + capacity, 0);
  return text.base(networkText.of(rows.filter(isReady).length, rows.length), networkText.of(used, places));
}

function basesOf({ links, rows }: PeerNetworkResult): readonly NetworkBase[] {
  const baseOf = (row: VolunteerRow) => row.base ?? noArea;
  const names = inOrder([...links.map(({ base }) => base), ...(rows ?? []).map(baseOf)]);
  return names.map((name) => {
    const own = (rows ?? []).filter((row) => baseOf(row) === name);
    const isNowhere = name === nobodyYet;
    const words = isNowhere ? text.stillWaiting : rows === undefined ? text.volunteersHidden : baseWords(own);
    return { name, words, isNowhere, volunteers: volunteersOf(own) };
  });
}

function areasOf({ links, coverage }: PeerNetworkResult): readonly NetworkPlace[] {
  const people = new Map(coverage.areas.map((each) => [each.area, each.people]));
  return inOrder(links.map(({ area }) => area)).map((name) => {
    const count = people.get(name) ?? null;
    return { name, words: count === null ? networkText.withheld : networkText.coverage.asked(count) };
  });
}

function peopleWords(people: number | null): string {
  return people === null ? networkText.withheld : formatCount(people);
}

/** The places of the result under the names that the reader sees. */
export function pictureSpec(network: PeerNetworkResult, focus: PictureFocus): NetworkSpec {
  const named = <Place extends NetworkPlace>(place: Place): Place => ({ ...place, name: placeName(place.name) });
  return {
    kind: 'network',
    areas: areasOf(network).map(named),
    bases: basesOf(network).map(named),
    links: network.links.map(({ area, base, people }) => ({
      area: placeName(area),
      base: placeName(base),
      people,
      words: `${placeName(area)} – ${placeName(base)}\n${people === null ? networkText.few('people') : plural(people, 'person', 'people')}`,
    })),
    focus,
  };
}

export function pictureFinding({ links }: PeerNetworkResult): string {
  const elsewhere = links.filter(({ area, base }) => base !== nobodyYet && base !== area);
  const told = elsewhere.reduce((sum, { people }) => sum + (people ?? 0), 0);
  const isPart = elsewhere.some(({ people }) => people === null);
  return told === 0 && (isPart || links.length === 0) ? text.title : text.finding(told, isPart);
}

/** A place looked at closer, in a sentence. */
export function focusWords(spec: NetworkSpec): string | null {
  const { focus } = spec;
  if (focus === null) return null;
  const other = focus.side === 'area' ? 'base' : 'area';
  const place = (focus.side === 'area' ? spec.areas : spec.bases).find(({ name }) => name === focus.name);
  if (!place) return null;
  const links = (other === 'area' ? spec.areas : spec.bases).flatMap(({ name }) =>
    spec.links
      .filter((link) => link[focus.side] === focus.name && link[other] === name)
      .map(({ people }) => `${name} ${peopleWords(people)}`),
  );
  return text.focus[focus.side](place.name, place.words, links);
}

import { expect, it } from 'vitest';
import { peopleCountsToGive } from '#main/disclosure/overlapping-counts.ts';

type Person = { readonly team: string; readonly state: string };

function some(count: number, team: string, state: string): Person[] {
  return Array.from({ length: count }, () => ({ team, state }));
}

const asked = [
  { name: 'all', counts: () => true, loss: 100 },
  ...['in', 'out'].map((state) => ({ name: state, counts: (one: Person) => one.state === state, loss: 10 })),
  ...['North', 'South'].flatMap((team) => [
    { name: team, counts: (one: Person) => one.team === team, loss: 5 },
    ...['in', 'out'].map((state) => ({
      name: `${team} ${state}`,
      counts: (one: Person) => one.team === team && one.state === state,
      loss: 1,
    })),
  ]),
];

it('gives counts that overlap, and none that is small or that a small one would follow from', async () => {
  const people = [
    ...some(30, 'North', 'in'),
    ...some(3, 'North', 'out'),
    ...some(20, 'South', 'in'),
    ...some(9, 'South', 'out'),
  ];
  const given = await peopleCountsToGive(people, asked, 5);
  expect(given.get('all')).toBe(62);
  expect(given.get('North out')).toBeNull();
  const shown = (name: string): boolean => given.get(name) !== null;
  expect(shown('North') && shown('North in')).toBe(false);
  expect(shown('out') && shown('South out')).toBe(false);
  expect(shown('in') && shown('all') && shown('South out')).toBe(false);
});

it('gives everything where nothing is small, and the same whatever the order of people', async () => {
  const people = [...some(9, 'North', 'in'), ...some(8, 'South', 'out'), ...some(7, 'South', 'in')];
  const given = await peopleCountsToGive(people, asked, 5);
  expect(Object.fromEntries(given)).toMatchObject({ all: 24, in: 16, out: 8, 'North in': 9, 'North out': 0 });
  expect(await peopleCountsToGive([...people].reverse(), asked, 5)).toEqual(given);
  const few = [...some(2, 'North', 'in'), ...some(12, 'South', 'in'), ...some(12, 'North', 'out')];
  expect(await peopleCountsToGive([...few].reverse(), asked, 5)).toEqual(await peopleCountsToGive(few, asked, 5));
});

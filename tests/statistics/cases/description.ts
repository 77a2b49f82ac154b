import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

const stream = randomStream(3, 'description');
const x = normalDraws(stream, 57).map((value, row) => (row % 11 === 3 ? null : 100 + 15 * value));
const group = x.map((_value, row) => ['day', 'late', 'night'][row % 3] as string);

export const descriptionCases: readonly LiveCase[] = [
  {
    name: 'a column with gaps',
    procedure: 'describe',
    data: csvOf({ x }),
    spec: { columns: ['x'] },
    tolerance: closedForm,
  },
  {
    name: 'by group, levels in an order of one’s own',
    procedure: 'describe',
    data: csvOf({ x, group }),
    spec: { columns: ['x'], by: 'group', factors: { group: ['night', 'day'] } },
    tolerance: closedForm,
  },
];

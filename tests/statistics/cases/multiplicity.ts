import { adjustments } from '#main/stats/multiplicity/adjust-p-values.ts';
import { randomStream } from '#shared/domain/random.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

const stream = randomStream(51, 'p-values');
const spread = Array.from({ length: 60 }, () => stream.nextUniform() ** 3);
const tied = [0.3, null, 0.01, 0.01, 0.5, 1, 0, 0.2, 0.04, 0.04, 0.03];

export const multiplicityCases: readonly LiveCase[] = adjustments.flatMap((method) => [
  { name: `${method}, sixty`, procedure: 'adjust', data: null, spec: { p: spread, method }, tolerance: closedForm },
  {
    name: `${method}, ties and a gap`,
    procedure: 'adjust',
    data: null,
    spec: { p: tied, method },
    tolerance: closedForm,
  },
  { name: `${method}, one`, procedure: 'adjust', data: null, spec: { p: [0.2], method }, tolerance: closedForm },
  {
    name: `${method}, a column`,
    procedure: 'adjust',
    data: csvOf({ p: tied, other: tied.map((_p, row) => row) }),
    spec: { p: 'p', method },
    tolerance: closedForm,
  },
]);

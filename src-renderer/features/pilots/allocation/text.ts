import { formatCount, plural } from '../../../ui/format.ts';

export const allocationText = {
  noneTitle: 'Nothing is left to chance',
  none: 'The design of this pilot has no draw. Who is offered what when is said in the plan.',
  rules: 'How chance decides',
  rulesNote: 'Permuted blocks, drawn in one step for everybody who waits.',
  arms: 'Arms, with their shares',
  sequences: 'Sequences',
  blockSizes: 'Sizes of the blocks',
  strata: 'Strata',
  byStratum: 'each stratum of the enrolments has blocks of its own',
  together: 'all together',
  notSaid: 'not said in the plan yet',
  concealed: 'Concealed',
  concealedWords:
    'The seed was made with the lock, and only its hash is told until the pilot is finished; a second half is made with each step. Before a step nobody, whatever they read, knows where the next one goes.',
  beforeTitle: 'The plan is not locked yet',
  before: 'Chance decides only by a plan that is locked. Lock it first; whoever has consented is then allocated here.',
  allocate: 'Allocate everybody who waits',
  dialogTitle: 'Allocate everybody who waits',
  dialogPeople:
    'Everybody who is eligible, has consented, has not left and is in no arm is put into one, in one step. It cannot be looked at first, drawn again or taken back.',
  dialogClusters:
    'Every cluster that is in no arm is put into one, in one step. It cannot be looked at first, drawn again or taken back.',
  confirm: 'Allocate',
  cancel: 'Cancel',
  allocated: (count: number, what: 'people' | 'clusters', arms: string) =>
    `${plural(count, what === 'people' ? 'person' : 'cluster', what)} allocated now: ${arms}.`,
  armCount: (arm: string, count: number) => `${formatCount(count)} to ${arm}`,
  counts: 'Allocated so far',
  stratum: 'Stratum',
  noStratum: 'without a stratum',
  all: 'All',
  list: 'Allocations',
  listNote: 'By pseudonym, in the order in which chance put them there.',
  nobody: 'Nobody is allocated yet.',
  erased: 'erased',
  reproduced: 'Every step was drawn again from the seed, and gives the same allocations.',
  notReproduced:
    'Drawing every step again from the seed gives other allocations. Do not rely on them before this is explained.',
  columns: {
    sequence: 'Order',
    draw: 'Step',
    at: 'Allocated',
    person: 'Pseudonym',
    cluster: 'Cluster',
    stratum: 'Stratum',
    block: 'Block',
    arm: 'Arm',
  },
} as const;

import { listBatches } from '#main/store/batch-records.ts';
import { targetsInForce } from '#main/store/indicator-target-records.ts';
import { retentionDecisions, retentionPeriods } from '#main/store/retention-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { londonDay } from '#shared/domain/dates.ts';
import { retentionKinds } from '#shared/domain/retention.ts';
import type { Role } from '#shared/domain/roles.ts';
import { approvalList } from '../approvals/index.ts';
import { backupsState } from '../backups/index.ts';
import { todayOf, type VaultContext } from '../call-context.ts';
import { modelList } from '../early-warning/index.ts';
import { schemeList } from '../schemes/index.ts';

type Task = OutputOf<'overview.tasks'>['tasks'][number];

/** Extracts come monthly as a rule: after half a month more somebody should ask where the next one is. */
const oldAfterDays = 45;
const retentionReviewDays = 365;

/** How many of each task wait for a user in a role; 0 where none does. Only small tables are read. */
const tasksOf: readonly {
  readonly task: Task['task'];
  readonly roles: readonly Role[];
  readonly count: (context: VaultContext) => number;
}[] = [
  { task: 'approvals', roles: ['administrator', 'clinician'], count: waitingApprovals },
  {
    task: 'schemes',
    roles: ['analyst', 'clinician', 'evaluator'],
    count: (context) => schemeList(context).schemes.filter(({ mayAgree }) => mayAgree).length,
  },
  { task: 'models', roles: ['clinician'], count: waitingModels },
  { task: 'targets', roles: ['analyst'], count: targetsToReview },
  { task: 'retention', roles: ['analyst', 'clinician'], count: retentionToReview },
  { task: 'backup', roles: ['administrator'], count: (context) => (backupsState(context).due ? 1 : 0) },
  { task: 'import', roles: ['analyst'], count: daysSinceImport },
];

/** What waits for the user, by their roles. The worklist of clinicians is told of by `cases.waiting`. */
export function tasks(context: VaultContext): OutputOf<'overview.tasks'> {
  const { roles: held } = context.vault;
  const found = tasksOf
    .filter(({ roles }) => roles.some((role) => held.includes(role)))
    .map(({ task, count }) => ({ task, count: count(context) }));
  return { tasks: found.filter(({ count }) => count > 0) };
}

function waitingApprovals(context: VaultContext): number {
  const { user } = context.vault;
  return approvalList(context).approvals.filter(({ state, requestedBy }) => state === 'waiting' && requestedBy !== user)
    .length;
}

/** Fit models that nobody has decided on and this user may put into use. */
function waitingModels(context: VaultContext): number {
  const models = modelList(context);
  return models.ok ? models.value.models.filter(({ state, mayUse }) => state === 'kept' && mayUse).length : 0;
}

function targetsToReview(context: VaultContext): number {
  const today = todayOf(context);
  return [...targetsInForce(context.vault.store.connection).values()].filter(({ reviewDay }) => reviewDay <= today)
    .length;
}

/** Kinds with a period set that their reviewer has not looked at for a year since. */
function retentionToReview(context: VaultContext): number {
  const { connection } = context.vault.store;
  const today = todayOf(context);
  const set = retentionPeriods(connection);
  const decisions = retentionDecisions(connection);
  return retentionKinds.filter(({ kind, reviewer }) => {
    const period = set.get(kind);
    if (!period || period.months === null || !context.vault.roles.includes(reviewer)) return false;
    const looked = decisions.find((decision) => decision.kind === kind)?.decidedAt ?? period.setAt;
    return today - dayOf(looked) >= retentionReviewDays;
  }).length;
}

/** Days since the newest extract was loaded, once they are many; 0 before the first. */
function daysSinceImport(context: VaultContext): number {
  const newest = listBatches(context.vault.store.connection)[0];
  const days = newest ? todayOf(context) - dayOf(newest.importedAt) : 0;
  return days > oldAfterDays ? days : 0;
}

function dayOf(instant: string): number {
  return londonDay(Math.floor(Date.parse(instant) / 1_000));
}

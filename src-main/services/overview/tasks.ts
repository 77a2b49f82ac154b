import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import { listBatches } from '#main/store/batch-records.ts';
import { keptOverview, overviewSource } from '#main/workers/kept-overview.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import { approvalsToDecide } from '../approvals/index.ts';
import { backupDue, failedBackup } from '../backups/index.ts';
import { todayOf, type VaultContext } from '../call-context.ts';
import { modelList } from '../early-warning/index.ts';
import { actionsToSign, meetingDue, overdueActions } from '../plan/index.ts';
import { kindsToReview } from '../retention/index.ts';
import { schemeList } from '../schemes/index.ts';
import { overdueTargets } from '../targets/index.ts';
import { unmappedCodesOf } from './unmapped-codes.ts';

type Task = OutputOf<'work.tasks'>['tasks'][number];
type Found = Omit<Task, 'task'>;
type Source = {
  readonly task: Task['task'];
  readonly roles: readonly Role[];
  /** Null where there is nothing to do. It counts nothing over the rows of extracts. */
  readonly look: (context: VaultContext) => Found | null;
};

const readers = ['analyst', 'clinician', 'evaluator'] as const;

/** One for each name; nothing where there is none. */
function named(names: readonly string[], since: string | null = null): Found | null {
  return names.length === 0 ? null : { count: names.length, names: [...names], since };
}

function counted(count: number): Found | null {
  return count === 0 ? null : { count, names: [], since: null };
}

function once(found: { readonly since: string | null } | null): Found | null {
  return found === null ? null : { count: 1, names: [], since: found.since };
}

/** In the order in which they are shown. */
const sources: readonly Source[] = [
  {
    task: 'approvals',
    roles: ['administrator', 'clinician'],
    look: (context) => counted(approvalsToDecide(context)),
  },
  {
    task: 'schemes',
    roles: readers,
    look: (context) =>
      named(
        schemeList(context)
          .schemes.filter(({ mayAgree }) => mayAgree)
          .map(({ scheme }) => scheme),
      ),
  },
  { task: 'models', roles: ['clinician'], look: (context) => counted(modelsToLookAt(context)) },
  { task: 'sign-offs', roles: readers, look: (context) => named(actionsToSign(context)) },
  { task: 'backup-failed', roles: ['administrator'], look: ({ vault }) => once(failedBackup(vault)) },
  { task: 'backup', roles: ['administrator'], look: (context) => once(backupDue(context)) },
  { task: 'retention', roles: ['analyst', 'clinician'], look: (context) => named(kindsToReview(context)) },
  { task: 'targets', roles: ['analyst'], look: targetsToReview },
  { task: 'actions', roles: readers, look: overdue },
  { task: 'meetings', roles: readers, look: (context) => once(meetingDue(context)) },
  { task: 'data', roles: ['analyst'], look: staleData },
  { task: 'codes', roles: ['analyst'], look: codesWithoutRule },
];

/** What waits for the user by their roles, the weightiest first. */
export function tasks(context: VaultContext): Result<OutputOf<'work.tasks'>> {
  const own = sources.filter(({ roles }) => roles.some((role) => context.vault.roles.includes(role)));
  return ok({
    tasks: own.flatMap(({ task, look }) => {
      const found = look(context);
      return found === null ? [] : [{ task, ...found }];
    }),
  });
}

/** Models that nobody has decided on and that the user may put into use; one that a newer one was preferred to waits no longer. */
function modelsToLookAt(context: VaultContext): number {
  const listed = modelList(context);
  if (!listed.ok) return 0;
  const { models } = listed.value;
  const decided = Math.max(0, ...models.filter(({ state }) => state !== 'kept').map(({ model }) => model));
  return models.filter(({ model, state, mayUse }) => state === 'kept' && mayUse && model > decided).length;
}

function targetsToReview(context: VaultContext): Found | null {
  const due = overdueTargets(context);
  const titles = due.map(
    ({ indicator }) => indicatorDefinitions.find(({ id }) => id === indicator)?.title ?? indicator,
  );
  return named(titles, due.length === 0 ? null : isoOfDay(Math.min(...due.map(({ day }) => day))));
}

function overdue(context: VaultContext): Found | null {
  const late = overdueActions(context);
  const days = late.map(({ due }) => due).sort();
  return named(
    late.map(({ title }) => title),
    days[0] ?? null,
  );
}

/** A monthly extract that is two weeks late. */
const staleAfterDays = 45;
/** Kinds of which every day brings rows; each group is one stream that may come either way. */
const dailyKinds = [['exposures', 'attendances'], ['absences'], ['duties']] as const;

function staleData(context: VaultContext): Found | null {
  const batches = listBatches(context.vault.store.connection);
  const latest = dailyKinds.flatMap((kinds) => {
    const held = batches.filter(({ kind, to }) => to !== null && (kinds as readonly string[]).includes(kind));
    const newest = held.map(({ kind, to }) => ({ kind, to: to ?? '' })).sort((a, b) => (a.to < b.to ? 1 : -1))[0];
    return newest ? [newest] : [];
  });
  const stale = latest.filter(({ to }) => (dayOfIso(to) ?? 0) < todayOf(context) - staleAfterDays);
  const oldest = stale.map(({ to }) => to).sort()[0] ?? null;
  return named(
    stale.map(({ kind }) => extractKindNamed(kind)?.label ?? kind),
    oldest,
  );
}

/** From the counts that are kept; nothing where they have yet to be counted. */
function codesWithoutRule(context: VaultContext): Found | null {
  const { connection } = context.vault.store;
  const facts = keptOverview(connection, overviewSource(connection, todayOf(context)));
  return facts === null ? null : counted(unmappedCodesOf(facts).length);
}

import type { Connection } from '#main/store/connection.ts';
import { isPilotLocked, openPlans } from '#main/store/pilot-records.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import { kindOfOutcome, outcomesOf } from '#shared/domain/pilot.ts';
import { type Failure, fail } from '#shared/domain/result.ts';
import type { OpenVault } from '../vault/index.ts';
import { planOf } from './held-pilots.ts';
import { seeingRoles } from './who-could-see.ts';

type Asking = Pick<OpenVault, 'roles' | 'store'>;

/**
 * Kinds of extracts that are closed to whoever asks, each with a pilot that measures it and is neither locked nor dropped. Only who
 * is neither analyst nor clinician finds any closed: an evaluator, and an administrator who looks at a report to agree to it.
 * Whatever any version of the plan ever named counts: a plan that forgets its outcome for an hour opens nothing. A kind is closed as a whole: scores of one instrument foretell those of another.
 */
function closedKinds({ roles, store }: Asking): ReadonlyMap<string, string> {
  const closed = new Map<string, string>();
  if (seeingRoles.some((role) => roles.includes(role))) return closed;
  for (const version of openPlans(store.connection)) {
    for (const kind of outcomesOf(planOf(version)).map(kindOfOutcome)) {
      if (!closed.has(kind)) closed.set(kind, version.pilot);
    }
  }
  return closed;
}

/**
 * The failure of whatever reads extracts of these kinds; null where it may. Every reader of outcomes that others may call
 * asks here: the analyses, on which reports rest, the early-warning models, and the quality of the data.
 */
export function outcomeRefusal(asking: Asking, kinds: readonly string[]): Failure | null {
  const closed = closedKinds(asking);
  const kind = kinds.find((candidate) => closed.has(candidate));
  if (kind === undefined) return null;
  const pilot = closed.get(kind) ?? '';
  const who = asking.roles.includes('evaluator') ? 'an evaluator' : 'an administrator';
  const label = (extractKindNamed(kind)?.label ?? kind).toLowerCase();
  return fail(
    'FORBIDDEN',
    `The pilot “${pilot}” measures ${label}, and its plan is not locked: until it is, ${who} sees nothing of them.`,
    `Nothing was read. Locking the plan of “${pilot}” opens it; an analyst sees it before, and can drop a pilot that was given up.`,
    { pilot, kind },
  );
}

const evaluations: ReadonlySet<string> = new Set(['pilot-evaluation']);

/** The failure of an evaluation of a pilot that is not locked, whoever asks; null for any other analysis. */
export function evaluationRefusal(
  connection: Connection,
  method: string,
  spec: Readonly<Record<string, unknown>>,
): Failure | null {
  if (!evaluations.has(method)) return null;
  const { pilot } = spec;
  if (typeof pilot === 'string' && isPilotLocked(connection, pilot)) return null;
  const which =
    typeof pilot === 'string' ? `The plan of “${pilot}” is` : 'The plan of the pilot, which “pilot” names, is';
  return fail(
    'FORBIDDEN',
    `${which} not locked: a pilot is evaluated by a plan that was there before its outcomes.`,
    'Nothing was read. An evaluator locks the plan first.',
  );
}

import type { ActivityView } from '#shared/contract/engagement.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { type Activity, activitySchema } from '#shared/domain/engagement.ts';
import { nameLike } from '#shared/domain/name-like.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { heldActions } from './held-actions.ts';
import { type Held, heldOf, saveBody, savedOf } from './plan-bodies.ts';

function viewOf(context: VaultContext, held: Held<Activity>): ActivityView {
  const { title, themes, decisions, items } = held.body;
  return {
    ...held.body,
    ...savedOf(held),
    warnings: nameLike([
      title,
      ...items.map(({ words }) => words),
      ...themes.flatMap((theme) => [theme.title, ...theme.paraphrases]),
      ...decisions.flatMap(({ said, did }) => [said, did]),
    ]),
    actions: heldActions(context.vault.store.connection).flatMap(({ code, body, status }) =>
      body.decision?.activity === held.code ? [{ decision: body.decision.decision, action: code, status }] : [],
    ),
  };
}

/** Activities as they were entered, the newest first. */
export function activityList(context: VaultContext): OutputOf<'plan.activities'> {
  const held = heldOf(context.vault.store.connection, 'activity', activitySchema);
  const activities = held.map((activity) => viewOf(context, activity));
  return { activities: activities.sort((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : 0)) };
}

export function saveActivity(context: VaultContext, activity: Activity): Promise<Result<ActivityView>> {
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const code = activity.activity;
    const saved = saveBody(context, { kind: 'activity', code, body: activity, what: 'The activity' });
    if (!saved.ok) return saved;
    const held = heldOf(store.connection, 'activity', activitySchema).find((found) => found.code === code);
    if (!held) throw new Error('an activity that was just saved is not held');
    return ok(viewOf(context, held));
  });
}

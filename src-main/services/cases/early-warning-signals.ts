import type { Foretold } from '#main/workers/early-warning/foretell.ts';
import { londonDay } from '#shared/domain/dates.ts';
import { ExpectedError, ok } from '#shared/domain/result.ts';
import { modelInUse } from '../early-warning/index.ts';
import { schemeNamed } from '../schemes/index.ts';
import type { SignalSource } from './signal-source.ts';

/** One rule whatever model is in use, so that another model does not say again what is within its cool-down. */
const rule = 'early-warning';
/** The cool-down is that of the rules. */
const coolingScheme = 'count-v1';

/** What the early-warning model in use says of everybody at their newest screening; nothing where none is in use. */
export const earlyWarningSignals: SignalSource = async (context) => {
  const { connection } = context.vault.store;
  const used = modelInUse(connection);
  if (!used.ok) return used;
  if (used.value === null) return ok({ asOfDay: null, scheme: '', cooldownDays: 0, found: [] });
  const named = schemeNamed(connection, coolingScheme);
  if (!named.ok) return named;
  const { id, hash, model } = used.value;
  const today = londonDay(Math.floor(context.nowMs / 1_000));
  let foretold: Foretold;
  try {
    foretold = await context.vault.analysis.foretell({ hash, model, today }, context.signal);
  } catch (error) {
    if (error instanceof ExpectedError) return { ok: false, error: error.error };
    throw error;
  }
  const { asOfDay, people } = foretold;
  return ok({
    asOfDay,
    scheme: `early-warning model ${id}`,
    cooldownDays: named.value.scheme.cooldown_days,
    found: people.map(({ person, words }) => ({ person, rule, words, eventDays: null })),
  });
};

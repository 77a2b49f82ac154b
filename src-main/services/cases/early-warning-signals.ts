import { signalsToRaise } from '#main/analysis/cases/raise-signals.ts';
import type { Foretold } from '#main/workers/early-warning/foretell.ts';
import { londonDay } from '#shared/domain/dates.ts';
import { ExpectedError, ok } from '#shared/domain/result.ts';
import { modelInUse } from '../early-warning/index.ts';
import { schemeInUse } from '../schemes/index.ts';
import type { SignalSource } from './signal-source.ts';

/** One rule whatever model is in use, so that another model does not say again what is within its cool-down. */
const rule = 'early-warning';

/**
 * What the early-warning model in use says of everybody at their newest screening; nothing where none is in use. The cool-down,
 * and what becomes of a signal of somebody with an open case, are those of the rules.
 */
export const earlyWarningSignals: SignalSource = async (context, told) => {
  const { connection } = context.vault.store;
  const { suppress_if_open_case: joinsOpenCase, cooldown_days: cooldownDays } = schemeInUse(connection).scheme;
  const used = modelInUse(connection);
  if (!used.ok) return used;
  const common = { schemeVersion: null, joinsOpenCase };
  if (used.value === null) return ok({ ...common, asOfDay: null, scheme: '', signals: [] });
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
  const found = people.map(({ person, words }) => ({ person, rule, words, eventDays: null }));
  const raised = asOfDay === null ? [] : signalsToRaise(found, told, { asOfDay, cooldownDays });
  return ok({
    ...common,
    asOfDay,
    scheme: `early-warning model ${id}`,
    signals: raised.map((signal) => ({ ...signal, sinceDay: null, again: false })),
  });
};

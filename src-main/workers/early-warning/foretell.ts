import { caseDefinition } from '#main/analysis/early-warning/case-definition.ts';
import { type ForetoldPerson, foretold, type KeptModel } from '#main/analysis/early-warning/kept-model.ts';
import { currentLandmarks } from '#main/analysis/early-warning/landmarks/build-landmarks.ts';
import { parseEarlyWarningSpec } from '#main/analysis/early-warning/parse-spec.ts';
import type { Connection } from '#main/store/connection.ts';
import { layoutKinds } from '#main/store/extract-layout.ts';
import { packedSource } from '#main/store/packed-cache.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { type ExposureDaySource, exposureSourceName } from '../exposure-source.ts';
import { taken } from '../task-failure.ts';
import { landmarkRules } from './landmark-rules.ts';
import { readHistory } from './read-history.ts';

/** Whom a model in use would have support offered to, as of the last day of the data; null where there are none. */
export type Foretold = { readonly asOfDay: number | null; readonly people: readonly ForetoldPerson[] };

export type ForetellQuestion = { readonly hash: string; readonly model: KeptModel; readonly today: number };

let held: { readonly name: string; readonly foretold: Foretold } | null = null;

/**
 * Scores everybody in post at their newest screening with a kept model. Whoever has an open case is among them: a signal joins it.
 * Kept between questions for as long as the store holds the same batches, because the worklist asks each time it is opened.
 */
export function foretell(
  connection: Connection,
  exposures: () => ExposureDaySource,
  { hash, model, today }: ForetellQuestion,
): Foretold {
  const name = `${hash} ${today} ${packedSource(connection, layoutKinds)} ${exposureSourceName(connection)}`;
  if (held?.name !== name) held = { name, foretold: madeAnew(connection, exposures, model, today) };
  return held.foretold;
}

function madeAnew(
  connection: Connection,
  exposures: () => ExposureDaySource,
  model: KeptModel,
  today: number,
): Foretold {
  const spec = taken(parseEarlyWarningSpec({ ...model.spec, from: null, asOf: isoOfDay(today), rows: false }));
  // The longest a screening counts is a year, and nothing before its windows is read.
  const since = { ...spec, from: isoOfDay(today - 2 * 366) };
  const { history } = readHistory(connection, exposures, since, () => undefined);
  const { lastHeldDay } = history;
  if (!Number.isFinite(lastHeldDay)) return { asOfDay: null, people: [] };
  const rules = { ...landmarkRules(spec, caseDefinition(spec)), asOfDay: lastHeldDay };
  return { asOfDay: lastHeldDay, people: foretold(model, currentLandmarks({ ...history, cases: [] }, rules)) };
}

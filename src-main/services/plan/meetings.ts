import type { Indicator } from '#main/analysis/indicators/evaluate.ts';
import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { MeetingView } from '#shared/contract/plan.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type HeldMeeting, heldMeetingSchema, type IndicatorStanding } from '#shared/domain/review-meeting.ts';
import { runAnalysis } from '../analyses/index.ts';
import type { VaultContext } from '../call-context.ts';
import { outcomeRefusal } from '../pilots/index.ts';
import { heldActions } from './held-actions.ts';
import { type Held, heldOf, saveBody } from './plan-bodies.ts';

/** Meetings, the newest first. */
export function meetingList(context: VaultContext): OutputOf<'plan.meetings'> {
  const { connection } = context.vault.store;
  const held = heldOf(connection, 'meeting', heldMeetingSchema).map((meeting) => viewOf(context, meeting));
  return { meetings: held.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)) };
}

function viewOf(context: VaultContext, { body, newest }: Held<HeldMeeting>): MeetingView {
  const standings = body.standings.map((standing) => whereOpen(context, standing));
  return { ...body, standings, savedAt: newest.at, savedBy: newest.user };
}

/** While a pilot that is not locked measures what an indicator is made from, whoever may see no outcomes sees no standing of it. */
function whereOpen({ vault }: VaultContext, standing: IndicatorStanding): IndicatorStanding {
  const kinds = indicatorDefinitions.find(({ id }) => id === standing.indicator)?.kinds ?? [];
  const closed = outcomeRefusal(vault, kinds);
  return closed === null ? standing : { ...standing, value: null, reason: closed.error.message };
}

/** Keeps a meeting once, with the indicators as they stood on its day. */
export async function holdMeeting(
  context: VaultContext,
  { meeting }: InputOf<'plan.holdMeeting'>,
): Promise<Result<MeetingView>> {
  const { connection } = context.vault.store;
  const known = new Set(heldActions(connection).map(({ code }) => code));
  const named = [...(meeting.changed ?? []), ...(meeting.decisions ?? []).flatMap(({ action }) => action ?? [])];
  const stranger = named.find((code) => !known.has(code));
  if (stranger !== undefined) {
    return fail('BAD_INPUT', `There is no action “${stranger}”.`, 'Nothing was kept. Name one of the list.');
  }
  const found = await runAnalysis(context, 'indicators', { asOf: meeting.on });
  if (!found.ok) return found;
  const { spec, provenance, result } = found.value;
  const indicators = result['indicators'] as readonly Indicator[];
  const body = heldMeetingSchema.parse({
    ...meeting,
    standings: indicators.map(standingOf),
    specHash: sha256Hex(canonicalJson(spec)),
    snapshot: provenance.snapshot,
  });
  return context.vault.writeGate.run(() => {
    const code = body.meeting;
    if (heldOf(connection, 'meeting', heldMeetingSchema).some((held) => held.code === code)) {
      return fail('BAD_INPUT', `The meeting ${code} is kept already, and stays as it is.`, 'Keep another beside it.');
    }
    const saved = saveBody(context, { kind: 'meeting', code, body, what: 'The meeting' });
    if (!saved.ok) return saved;
    const held = heldOf(connection, 'meeting', heldMeetingSchema).find((one) => one.code === code);
    if (!held) throw new Error('a meeting that was just kept is not held');
    return ok(viewOf(context, held));
  });
}

/** The newest month that is not empty, withheld as it was withheld. */
function standingOf({ id, definition, target, notMeasurable, chart }: Indicator): IndicatorStanding {
  const latest = chart.points.findLast(({ state }) => state !== 'not measurable') ?? null;
  return {
    indicator: id,
    title: definition.title,
    unit: definition.unit,
    month: latest?.month ?? null,
    value: latest?.value ?? null,
    reason:
      latest === null ? (notMeasurable ?? chart.points.at(-1)?.reason ?? 'It could not be measured.') : latest.reason,
    target: target?.value ?? null,
  };
}

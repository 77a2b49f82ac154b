import { decisionsThatHold } from '#main/analysis/peers/matching/asked.ts';
import { parsePeerNetworkSpec } from '#main/analysis/peers/spec.ts';
import { addPeerDecision, listPeerDecisions, type PeerDecisionRecord } from '#main/store/peer-decision-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { MatchDecisionEntry } from '#shared/domain/peer-matching.ts';
import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { runAnalysis } from '../analyses/index.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { standingMatch } from './standing-match.ts';

/** Matches for the open requests by the rules and weights of a spec of `peer-network`. Nothing is written but the audit event. */
export async function proposeMatches(
  context: VaultContext,
  spec: Readonly<Record<string, unknown>>,
): Promise<Result<OutputOf<'peers.propose'>>> {
  const answer = await runAnalysis(context, 'peer-network', { ...spec, rows: true });
  if (!answer.ok) return answer;
  const { result, asOf, spec: filled, provenance } = answer.value;
  const { matching } = result as unknown as PeerNetworkResult;
  if (!matching) throw new Error('peer-network with rows gave no matching');
  return ok({ asOf, spec: filled, matching, snapshot: provenance.snapshot });
}

/** Everything that was decided, the newest first. */
export function matchDecisionList({ vault }: VaultContext): OutputOf<'peers.decisions'> {
  const records = listPeerDecisions(vault.store.connection);
  const named = records.map((record) => ({ ...record, request: record.requestRef, volunteer: record.volunteerRef }));
  const held = new Set(decisionsThatHold(named).map(({ id }) => id));
  return { decisions: records.map((record) => entryOf(record, held.has(record.id))).reverse() };
}

function entryOf(record: PeerDecisionRecord, holds: boolean): MatchDecisionEntry {
  const { id, requestRef, volunteerRef, decision, why, reason, at, user } = record;
  return { id, request: requestRef, volunteer: volunteerRef, decision, why, reason, at, by: user, holds };
}

/** Writes down what a coordinator decided; the reason stays with the decision and out of the audit log, as it may tell who asked. */
export function decideMatch(
  context: VaultContext,
  input: InputOf<'peers.decide'>,
): Promise<Result<MatchDecisionEntry>> {
  const { request, volunteer, decision, reason } = input;
  const { vault } = context;
  return vault.writeGate.run(() => {
    const spec = parsePeerNetworkSpec(input.spec);
    if (!spec.ok) return spec;
    const { asOf, vettingYears, trainingYears } = spec.value;
    const { connection } = vault.store;
    const newest = listPeerDecisions(connection)
      .filter(({ requestRef, volunteerRef }) => requestRef === request && volunteerRef === volunteer)
      .at(-1);
    if (newest?.decision === decision) {
      return fail('BAD_INPUT', `This match was ${decision} already.`, 'Nothing was changed. Look at the decisions.');
    }
    // What was accepted can be taken back whatever has happened to the request or the volunteer since.
    const why =
      newest?.decision === 'accepted' ? ok(newest.why) : standingMatch(connection, { request, volunteer }, spec.value);
    if (!why.ok) return why;
    const record = {
      ...{ requestRef: request, volunteerRef: volunteer, decision, why: why.value, reason },
      ...{ at: isoTime(context), user: vault.user },
    };
    const id = vault.store.commit(
      (made: number) =>
        doneEvent(context, 'peers.decide', `match decision ${made}`, { decision, asOf, vettingYears, trainingYears }),
      (transaction) => addPeerDecision(transaction, record),
    );
    return ok(entryOf({ id, ...record }, true));
  });
}

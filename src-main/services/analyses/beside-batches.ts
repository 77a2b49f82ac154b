import type { ServiceTerms } from '#main/analysis/support/usage.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { Connection } from '#main/store/connection.ts';
import { targetsInForce } from '#main/store/indicator-target-records.ts';
import { readMatchDecisions } from '#main/store/peer-records.ts';
import { readLockedFacts } from '#main/store/pilot-evaluation-records.ts';
import { readGivenArms } from '#main/store/pilot-session-records.ts';
import { listPilotStatements } from '#main/store/pilot-statement-records.ts';
import { listPlanRecords } from '#main/store/plan-records.ts';
import { servicesOnOffer } from '#main/store/support-service-records.ts';
import { caseSpansByPerson } from '#main/workers/early-warning/case-spans.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { type Activity, activitySchema } from '#shared/domain/engagement.ts';

/** Names of what an analysis rests on that no batch brought, so that its snapshot tells one from another. */
function nameOf(rows: readonly unknown[]): string | null {
  return rows.length === 0 ? null : sha256Hex(canonicalJson(rows));
}

/** Capacity and cost of what the force offers. */
export function termsOnOffer(connection: Connection): ServiceTerms[] {
  return [...servicesOnOffer(connection).values()].map(({ service, costGbp, costBasis, capacityPerMonth }) => ({
    service,
    cost: costGbp === null || costBasis === null ? null : { gbp: costGbp, basis: costBasis },
    capacityPerMonth,
  }));
}

export function directoryName(connection: Connection): string | null {
  return nameOf(termsOnOffer(connection));
}

/** Whoever has an open case is at no risk of one, so that cases decide who is in an early warning. */
export function casesName(connection: Connection): string {
  return sha256Hex(canonicalJson([...caseSpansByPerson(connection)]));
}

/** The activities as they were last saved: what people said is in no batch. */
export function activitiesName(connection: Connection): string | null {
  return nameOf([...heldActivities(connection)]);
}

/** An activity as it was last saved; null where there is none of that code. */
export function activityNamed(connection: Connection, code: string): Activity | null {
  const body = heldActivities(connection).get(code);
  return body === undefined ? null : activitySchema.parse(JSON.parse(body));
}

function heldActivities(connection: Connection): ReadonlyMap<string, string> {
  return new Map(listPlanRecords(connection, 'activity').map(({ code, body }) => [code, body]));
}

/** Targets that the force has set are drawn and judged by. */
export function targetsName(connection: Connection): string | null {
  return nameOf([...targetsInForce(connection)]);
}

/** Decisions on matches say which requests and places are still open. */
export function matchDecisionsName(connection: Connection): string | null {
  return nameOf(readMatchDecisions(connection));
}

/** Whom chance gave to which arm says who was offered the sessions, and what people said of taking part whether they do. */
export function pilotPeopleName(connection: Connection): string | null {
  return nameOf([...readGivenArms(connection), ...listPilotStatements(connection)]);
}

/** Locks, deviations and draws of pilots, what people said and what befell them: all that a pilot is evaluated from beside extracts. */
export function lockedPlansName(connection: Connection): string | null {
  return nameOf([...readLockedFacts(connection), ...readGivenArms(connection), ...listPilotStatements(connection)]);
}

import type { Connection } from '#main/store/connection.ts';
import type { AnalysisQuestion } from '#main/workers/analysis-thread.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';

export type Method = {
  /** Rises when the same snapshot and spec would give other numbers. */
  readonly version: string;
  /** Extract kinds that the result is made from. */
  readonly kinds: readonly string[];
  /** Whose eyes its rows of single people are for; analysts and clinicians where nothing else is said. */
  readonly rowsFor?: readonly Role[];
  /** Whether it takes so long that it has a thread of its own. */
  readonly takesLong?: true;
  /** Names what else it rests on that no batch brought; null for nothing. */
  readonly beside?: (connection: Connection) => string | null;
  readonly ask: (spec: Readonly<Record<string, unknown>>, connection: Connection) => Result<Asked>;
};

export type Asked = {
  readonly question: AnalysisQuestion;
  /** The scheme that the result names, and the hash of what it says. */
  readonly scheme: { readonly id: string; readonly hash: string | null } | null;
};

export function withoutScheme(question: AnalysisQuestion): Result<Asked> {
  return ok({ question, scheme: null });
}

export function plainly<Spec>(parsed: Result<Spec>, question: (spec: Spec) => AnalysisQuestion): Result<Asked> {
  return parsed.ok ? withoutScheme(question(parsed.value)) : parsed;
}

import { plainDate } from '#main/analysis/exposure/words.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { VaultContext } from '../call-context.ts';
import { evaluationRefusal, outcomeRefusal } from '../pilots/index.ts';
import { recordEvent } from '../vault/index.ts';
import { methods } from './methods.ts';
import { provenanceOf } from './provenance.ts';

export { provenanceOf } from './provenance.ts';

export const analysisMethods: readonly string[] = Object.keys(methods);

const mostTries = 3;

/** An approved scheme has a day from which it is in force; the figures of a day before it say so. */
function notInForce(scheme: Scheme | null, asOf: string): string[] {
  const from = scheme?.status === 'approved' ? scheme.effective_from : null;
  return scheme && from !== null && asOf < from
    ? [
        `The scheme ${scheme.id} is in force from ${plainDate(dayOfIso(from) ?? 0)}: these figures are of a day before it.`,
      ]
    : [];
}

/** Runs a domain analysis and states what it was made from. */
export async function runAnalysis(
  context: VaultContext,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): Promise<Result<AnalysisResult>> {
  const { vault } = context;
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) {
    return fail(
      'UNKNOWN_METHOD',
      `There is no analysis called “${name}”.`,
      `Nothing was run. The analyses are: ${analysisMethods.join(', ')}.`,
    );
  }
  const closed = outcomeRefusal(vault, method.kinds) ?? evaluationRefusal(vault.store.connection, name, spec);
  if (closed) return closed;
  const found = method.ask(spec, vault.store.connection);
  if (!found.ok) return found;
  const { question: asked, scheme } = found.value;
  const wantsRows = 'rows' in asked.spec && asked.spec.rows;
  const rowsFor = method.rowsFor ?? ['analyst', 'clinician'];
  if (wantsRows && !vault.roles.some((role) => rowsFor.includes(role))) {
    return fail(
      'FORBIDDEN',
      'Your role sees totals, not single people.',
      `Nothing was run. Ask again without rows, or ask ${rowsFor.includes('analyst') ? 'an analyst' : 'a clinician'}.`,
    );
  }
  context.progress({ stage: 'Working it out', done: 0, total: null, unit: 'steps' });
  // Where a batch has come or gone while the answer was made, the question is put again.
  for (let tries = 1; ; tries += 1) {
    const beside = (): string | null => method.beside?.(vault.store.connection) ?? null;
    const before = provenanceOf(vault, method.kinds, { scheme, coverage: null, beside: beside() });
    const thread = method.takesLong ? vault.fits : vault.analysis;
    const answer = await thread.ask(asked, context.signal, context.progress);
    const provenance = provenanceOf(vault, method.kinds, { scheme, coverage: answer.coverage, beside: beside() });
    if (provenance.snapshot !== before.snapshot && tries < mostTries) continue;
    return ok({
      method: name,
      version: method.version,
      asOf: answer.asOf,
      spec: { ...asked.spec },
      result: { ...answer.result },
      reading: [...answer.reading],
      warnings: [...answer.warnings, ...notInForce('scheme' in asked ? asked.scheme : null, answer.asOf)],
      provenance,
      r: answer.r,
    });
  }
}

/** Rows of single people in a result. */
function personRowsIn({ result }: AnalysisResult): number {
  const { rows } = result;
  return Array.isArray(rows) ? rows.length : 0;
}

/** An analysis that a person or a program asks for: one that lists single people is entered in the audit log as such. */
export async function runAskedAnalysis(
  context: VaultContext,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): Promise<Result<AnalysisResult>> {
  const answer = await runAnalysis(context, name, spec);
  if (!answer.ok || answer.value.spec['rows'] !== true) return answer;
  await recordEvent(context.vault, context.nowMs, {
    action: 'analysis.rows',
    object: name,
    outcome: 'done',
    details: { rows: personRowsIn(answer.value), snapshot: answer.value.provenance.snapshot },
  });
  return answer;
}

import { keyOf } from '#main/disclosure/released-counts.ts';
import { listAudit } from '#main/store/audit-records.ts';
import { listBatches } from '#main/store/batch-records.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { DataQualitySpec } from '#shared/contract/report-specs/data-quality.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { ExpectedError, fail, ok, type Result } from '#shared/domain/result.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { provenanceOf } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { codesHeld } from '../../overview/index.ts';
import { dataQuality } from '../../quality/index.ts';
import { judgeTogether, type ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { type RolesThen, rolesThen } from '../roles-then.ts';
import { countsToJudge } from './counts-to-judge.ts';
import { dataQualityReport } from './data-quality-report.ts';
import type { JudgedRows, StatementFacts, UndoneBatch } from './statement-facts.ts';

/** Rises when the same data would give another statement. */
const version = '1';
const daysDrawn = 730;
const mostUndone = 100_000;

/** The statement on the data of a vault: what is held, how far it can be trusted, and what cannot be answered with it. */
export async function makeDataQuality(
  context: VaultContext,
  given: DataQualitySpec,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const facts = await factsOf(context, given);
  return facts.ok ? judged(context, facts.value, earlier) : facts;
}

async function factsOf(context: VaultContext, given: DataQualitySpec): Promise<Result<StatementFacts>> {
  const found = await dataQuality(context, given.to === undefined ? {} : { asOf: given.to });
  if (!found.ok) return found;
  const quality = found.value;
  const to = given.to ?? quality.asOf;
  if (to === null) {
    return fail(
      'REFUSED_MODEL',
      'No extract with days is held, so there is nothing to state.',
      'Nothing was written. Import the extracts first.',
    );
  }
  const from = given.from ?? isoOfDay((dayOfIso(to) ?? 0) - daysDrawn);
  if (dayOfIso(from) === null || from > to) {
    return fail(
      'BAD_SPEC',
      'The period of the statement ends before it begins, or begins on no day that exists.',
      'Nothing was written. Correct “from” and “to”.',
    );
  }
  const { vault } = context;
  const { connection } = vault.store;
  const roles = rolesThen(connection);
  const undone = undoneBatches(context, roles).slice(0, given.undone);
  const codes = await codesHeld(context);
  const kinds = extractKinds.map(({ kind }) => kind);
  const analysis: AnalysisResult = {
    ...{ method: 'data-quality', version, asOf: to, spec: { asOf: to } },
    result: { ...quality, codesOfExposure: codes },
    ...{ reading: [], warnings: [], r: '' },
    provenance: provenanceOf(vault, kinds, {
      scheme: null,
      coverage: codes.all === 0 ? null : codes.covered / codes.all,
    }),
  };
  return ok({
    spec: {
      ...{ template: given.template, from, to, undone: undone.length },
      title: given.title ?? 'Data-quality statement',
      marking: given.marking ?? defaultMarking,
      version: given.version ?? '1.0',
    },
    synthetic: vault.synthetic,
    ...{ analysis, quality, codes, undone },
    batches: listBatches(connection)
      .reverse()
      .map((batch) => ({ ...batch, by: roles(batch.importedBy, batch.importedAt) })),
  });
}

function undoneBatches({ vault }: VaultContext, roles: RolesThen): UndoneBatch[] {
  const filter = { action: 'import.undo', outcome: 'done' } as const;
  const { records } = listAudit(vault.store.connection, filter, { offset: 0, limit: mostUndone });
  return records
    .map(({ event: { at, user, object, details } }) => ({
      ...{ at, by: roles(user, at) },
      kind: String(details?.['kind'] ?? ''),
      batch: object ?? '',
    }))
    .reverse();
}

/** With its counts in one system with those that are out. */
async function judged(
  context: VaultContext,
  facts: StatementFacts,
  earlier: readonly ReleaseBody[],
): Promise<Result<MadeReport>> {
  const judge = (measures: 'workforce' | 'clinical') =>
    judgeTogether(
      countsToJudge(facts, measures),
      earlier.map((release) => release[measures]),
      context.signal,
    );
  try {
    const [workforce, clinical] = [await judge('workforce'), await judge('clinical')];
    const shown = new Map(
      [workforce, clinical].flatMap(({ released, shown: of }) =>
        released.cells.map((cell) => [cell.group, of.get(keyOf(cell)) ?? { value: null, reason: 'primary' as const }]),
      ),
    );
    const rows: JudgedRows = (name) => shown.get(name) ?? { value: null, reason: 'primary' };
    const all = [...workforce.shown.values(), ...clinical.shown.values()];
    return ok({
      spec: facts.spec,
      period: { from: facts.spec.from, to: facts.spec.to },
      document: dataQualityReport(facts, rows),
      release: {
        body: { workforce: workforce.released, clinical: clinical.released },
        counts: all.length,
        withheld: all.filter(({ value }) => value === null).length,
      },
      analyses: [facts.analysis],
    });
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.error.code !== 'DISCLOSURE') throw error;
    return fail(
      'DISCLOSURE',
      'Beside reports that were released before, a small number of rows could be worked out.',
      'Nothing was written. Make the statement again once more has been imported.',
    );
  }
}

import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createProposer } from '#main/analysis/exposure/code-proposals.ts';
import { compileCodeRules } from '#main/analysis/exposure/code-rules.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import {
  addCodeRules,
  currentCodeRules,
  findCodeRules,
  listCodeRules,
  type StoredCodeRules,
} from '#main/store/code-rules-records.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import nsirWords from '#resources/code-rules/nsir-words.json' with { type: 'json' };
import {
  type CodeCoverage,
  type CodeRules,
  type CodeRulesVersion,
  codeRulesSchema,
} from '#shared/contract/code-rules.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';

const proposalFor = createProposer(nsirWords);
const mostCodes = 5_000;
const largestFileBytes = 4 * 1024 ** 2;

function documentOf({ body }: { readonly body: string }): CodeRules {
  return codeRulesSchema.parse(JSON.parse(body));
}

function versionOf(stored: StoredCodeRules): CodeRulesVersion {
  const { version, bodyHash, savedAt, savedBy, reason } = stored;
  return { version, hash: bodyHash, savedAt, savedBy, reason, rules: documentOf(stored).rules.length };
}

function noVersion(version: number): Result<never> {
  return fail(
    'NOT_FOUND',
    `There is no version ${version} of the code rules.`,
    'Nothing was done. Choose one of the list.',
  );
}

/** The rules in force, or an earlier version, and all versions. */
export function codeRules(context: VaultContext, version: number | undefined): Result<OutputOf<'codes.rules'>> {
  const stored = listCodeRules(context.vault.store.connection);
  const shown = version === undefined ? stored[0] : stored.find((candidate) => candidate.version === version);
  if (version !== undefined && !shown) return noVersion(version);
  return ok({
    shown: shown ? { ...versionOf(shown), document: documentOf(shown) } : null,
    versions: stored.map(versionOf),
  });
}

const noAttendances: CodeCoverage = {
  incidents: { all: 0, traumatic: 0, notTraumatic: 0, unmapped: 0 },
  attendances: { all: 0, traumatic: 0, notTraumatic: 0, unmapped: 0, notImported: 0 },
  exposures: 0,
  alreadyDirect: 0,
  coverage: null,
};

/** What is left to be given a rule, most attendances first. */
export async function unmappedCodes(context: VaultContext): Promise<Result<OutputOf<'codes.unmapped'>>> {
  const { version, findings } = await context.vault.analysis.codes(context.signal);
  const codes = findings?.codes ?? [];
  return ok({
    version,
    coverage: findings?.coverage ?? noAttendances,
    withoutCode: findings?.withoutCode ?? { incidents: 0, attendances: 0 },
    codes: codes.slice(0, mostCodes).map(({ firstDay, lastDay, together, ...tally }) => ({
      ...tally,
      firstDay: isoOfDay(firstDay),
      lastDay: isoOfDay(lastDay),
      proposal: proposalFor(tally.code),
      together: [...together],
    })),
    all: codes.length,
  });
}

function ruleNames(document: CodeRules): Set<string> {
  return new Set(document.rules.map((rule) => canonicalJson(rule)));
}

/** What other rules would change, before they are saved. */
export async function previewCodeRules(
  context: VaultContext,
  document: CodeRules,
): Promise<Result<OutputOf<'codes.preview'>>> {
  const sound = compileCodeRules(document);
  if (!sound.ok) return sound;
  context.progress({ stage: 'Working it out', done: 0, total: null, unit: 'steps' });
  const preview = await context.vault.analysis.previewCodes(document, context.signal);
  const current = currentCodeRules(context.vault.store.connection);
  const before = ruleNames(current === null ? { rules: [] } : documentOf(current));
  const after = ruleNames(document);
  const kept = [...after].filter((rule) => before.has(rule)).length;
  return ok({
    before: preview?.before.coverage ?? noAttendances,
    after: preview?.after.coverage ?? noAttendances,
    rules: { added: after.size - kept, removed: before.size - kept, kept },
    categories: exposureCategories.flatMap(({ code }, index) => {
      const counts = { before: preview?.before.byCategory[index] ?? 0, after: preview?.after.byCategory[index] ?? 0 };
      return counts.before === counts.after ? [] : [{ category: code, ...counts }];
    }),
    unmappedCodes: { before: preview?.before.unmappedCodes ?? 0, after: preview?.after.unmappedCodes ?? 0 },
  });
}

/** Puts a new version in force; the earlier ones stay as they were. */
export function saveCodeRules(
  context: VaultContext,
  { document, reason }: InputOf<'codes.save'>,
): Promise<Result<OutputOf<'codes.save'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const sound = compileCodeRules(document);
    if (!sound.ok) return sound;
    const body = canonicalJson(withoutAbsent(document));
    const bodyHash = sha256Hex(body);
    const current = currentCodeRules(store.connection);
    if (current?.bodyHash === bodyHash) {
      return fail(
        'BAD_INPUT',
        `These are the rules in force already: version ${current.version}.`,
        'Nothing was saved. Change a rule first.',
      );
    }
    const savedAt = isoTime(context);
    const version = store.commit<number>(
      (saved) =>
        doneEvent(context, 'codes.save', `version ${saved}`, {
          hash: bodyHash,
          rules: document.rules.length,
          why: reason,
        }),
      (transaction) => addCodeRules(transaction, { body, bodyHash, savedAt, savedBy: user, reason }),
    );
    return ok({ version, hash: bodyHash, savedAt, savedBy: user, reason, rules: document.rules.length });
  });
}

/** What was left out and what is `undefined` is the same document. */
function withoutAbsent(document: CodeRules): unknown {
  return JSON.parse(JSON.stringify(document));
}

/** Writes a version as a file that `codes.read` takes. */
export function exportCodeRules(
  context: VaultContext,
  { file, version }: InputOf<'codes.export'>,
): Result<OutputOf<'codes.export'>> {
  const { connection } = context.vault.store;
  const number = version ?? currentCodeRules(connection)?.version;
  if (number === undefined) {
    return fail('NOT_FOUND', 'No code rules have been saved yet.', 'Nothing was written. Save some first.');
  }
  const stored = findCodeRules(connection, number);
  if (!stored) return noVersion(number);
  const document = documentOf(stored);
  const target = resolve(file);
  writeFileAtomically(target, `${JSON.stringify(document, null, 2)}\n`);
  return ok({ file: target, rules: document.rules.length });
}

/** Reads rules from a file and checks them. */
export function readCodeRules(file: string): Result<OutputOf<'codes.read'>> {
  let value: unknown;
  try {
    if (statSync(file).size > largestFileBytes) {
      return fail('TOO_LARGE', 'The file of code rules is larger than 4 MiB.', 'Nothing was changed.');
    }
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    return error instanceof SyntaxError
      ? fail(
          'BAD_SPEC',
          'The file of code rules is not JSON.',
          'Nothing was changed. Choose a file that was exported here.',
        )
      : fail(
          'NO_SUCH_FILE',
          'The file of code rules cannot be read.',
          'Nothing was changed. Check its name and folder.',
        );
  }
  const parsed = codeRulesSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail(
      'BAD_SPEC',
      `The code rules cannot be used: “${placeOf(issue?.path ?? [])}”: ${issue?.message ?? 'they cannot be read'}.`,
      'Nothing was changed. Correct the file and read it again.',
    );
  }
  const sound = compileCodeRules(parsed.data);
  return sound.ok ? ok({ document: parsed.data }) : sound;
}

/** “rules.3.code” counts from 0; people count from 1. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `number ${part + 1}` : String(part))).join(', ');
}

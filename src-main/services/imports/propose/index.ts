import { basename, extname } from 'node:path';
import type { TableLook } from '#main/files/table-look.ts';
import type { ColumnReason, ValueProposal } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { type ExtractKind, extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { assign } from './assign.ts';
import { profileColumn } from './column-profile.ts';
import { Draft, type Evidence } from './draft.ts';
import { headerTokens } from './header-tokens.ts';
import { hooksAfter, hooksBefore } from './kind-hooks.ts';
import { instrumentFields } from './kind-screenings.ts';
import { bestPhrase } from './name-score.ts';
import { takeColumns } from './take-columns.ts';
import { mappingOf } from './to-mapping.ts';
import { valueProposalsOf } from './value-proposals.ts';
import { identityPhrases, leftOutPhrases, vocabularies } from './vocabulary.ts';

export type Proposal = {
  readonly kind: string;
  readonly mapping: Mapping;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly columnReasons: readonly ColumnReason[];
  readonly valueProposals: readonly ValueProposal[];
};

/** Below this a kind is not worth naming. */
const leastConfidence = 0.3;
const leastAlternative = 0.5;
const alternativesShown = 5;

function evidenceOf(table: TableLook, file: string): Evidence {
  const stem = basename(file, extname(file));
  const texts = [...table.titles, table.sample.sheet ?? '', stem].filter((text) => text !== '');
  return {
    profiles: table.columns.map((name, index) => profileColumn(table.rows, index, name)),
    words: new Set(texts.flatMap((text) => [...headerTokens(text), ...text.toLowerCase().split(/[^a-z]+/)])),
    texts,
    stem,
    dateColumns: table.sample.dateColumns,
  };
}

type Ranked = { readonly draft: Draft; readonly confidence: number; readonly missing: number };

function draftFor(kind: ExtractKind, evidence: Evidence): Draft {
  const taken = kind.items ? instrumentFields(evidence) : new Set<number>();
  const profiles = evidence.profiles.filter((profile) => !taken.has(profile.index));
  const draft = new Draft(kind, evidence, assign(kind, profiles));
  hooksBefore[kind.kind]?.(draft);
  takeColumns(draft);
  hooksAfter[kind.kind]?.(draft);
  return draft;
}

/** Columns that a mapping might well leave out: nothing is asked of them. */
function isUsual(draft: Draft, index: number): boolean {
  const profile = draft.evidence.profiles[index];
  if (!profile || profile.filled === 0) return true;
  return bestPhrase(profile.tokens, identityPhrases) > 0.8 || bestPhrase(profile.tokens, leftOutPhrases) > 0.75;
}

function rank(draft: Draft): Ranked {
  const { kind, sureness, evidence } = draft;
  const required = kind.columns.filter((column) => column.required && column.fallback === undefined);
  const met = required.reduce((sum, column) => sum + (sureness.get(column.name) ?? 0), 0) / required.length;
  const missing = required.filter((column) => !sureness.has(column.name)).length;
  const asked = evidence.profiles.filter(
    (profile) => draft.used.has(profile.index) || !isUsual(draft, profile.index),
  ).length;
  const explained = asked === 0 ? 0 : draft.used.size / asked;
  const optional = [...sureness].filter(([name]) => !required.some((column) => column.name === name));
  const depth = Math.min(1, optional.reduce((sum, [, sure]) => sum + sure, 0) / 4);
  const words = vocabularies.get(kind.kind)?.about ?? new Set<string>();
  const spoken = [...words].filter((word) => evidence.words.has(word)).length;
  const headed = evidence.profiles.filter((profile) => profile.tokens.some((token) => words.has(token))).length;
  const about = Math.min(0.15, 0.08 * spoken) + Math.min(0.1, 0.03 * headed);
  const score = met * (0.45 + 0.35 * Math.min(1, explained) + 0.2 * depth) + about + draft.bonus - 0.3 * missing;
  return { draft, confidence: score, missing };
}

/** Kinds of which the first says more of the same rows than the second, where all of it is there. */
const narrower: readonly (readonly [narrow: string, wide: string])[] = [
  ['attendances', 'incidents'],
  ['families', 'screenings'],
];

function preferNarrower(ranked: readonly Ranked[]): Ranked[] {
  const of = (kind: string): Ranked | undefined => ranked.find(({ draft }) => draft.kind.kind === kind);
  const changed = ranked.map((entry) => {
    const wide = narrower.find(([narrow]) => narrow === entry.draft.kind.kind)?.[1];
    const other = wide === undefined ? undefined : of(wide);
    if (!other || entry.missing > 0 || entry.draft.isGuess) return entry;
    return { ...entry, confidence: Math.max(entry.confidence, other.confidence + 0.02) };
  });
  return changed.sort((a, b) =>
    a.missing === 0 && b.missing > 0 ? -1 : b.missing === 0 && a.missing > 0 ? 1 : b.confidence - a.confidence,
  );
}

/** What a table might be, best first: kind, mapping and why. Kinds whose required columns are not there come last, or not at all. */
export function propose(table: TableLook, file: string): Proposal[] {
  const evidence = evidenceOf(table, file);
  const canonical = (draft: Draft): boolean =>
    [...draft.matches.values()].filter((match) => match.name > 1).length >=
    Math.max(1, evidence.profiles.filter((profile) => profile.name !== '').length * 0.8);
  const ranked = extractKinds.map((kind) => rank(draftFor(kind, evidence))).sort((a, b) => b.confidence - a.confidence);
  return preferNarrower(ranked)
    .filter(({ confidence, draft }) => confidence >= leastConfidence && draft.sureness.size > 0)
    .filter(({ missing, confidence }, index) => index === 0 || (missing === 0 && confidence >= leastAlternative))
    .slice(0, alternativesShown + 1)
    .map(({ draft, confidence, missing }) => finish(draft, table, missing === 0 && canonical(draft) ? 1 : confidence));
}

function finish(draft: Draft, table: TableLook, confidence: number): Proposal {
  const { kind, evidence, used } = draft;
  const { mapping, reasons } = mappingOf(draft, table);
  const missing = kind.columns.filter(
    (column) => column.required && column.fallback === undefined && !draft.sureness.has(column.name),
  );
  const place =
    table.rowsAbove > 0 ? [`The header is in row ${table.rowsAbove + 1}; the rows above it are titles.`] : [];
  const several = table.headerRows > 1 ? [`The header takes ${table.headerRows} rows.`] : [];
  const totals = table.totals > 0 ? ['Rows of totals, or about the export itself, are passed over.'] : [];
  return {
    kind: kind.kind,
    mapping,
    confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100,
    reasons: [
      `${used.size} of ${evidence.profiles.length} columns were understood as those of the ${kind.label.toLowerCase()} extract.`,
      ...(missing.length > 0
        ? [`Nothing was found for ${missing.map((column) => column.name).join(', ')}, which it needs.`]
        : []),
      ...place,
      ...several,
      ...totals,
      ...reasons,
    ],
    columnReasons: [...draft.columnReasons].sort((a, b) => placeOf(kind, a.column) - placeOf(kind, b.column)),
    valueProposals: valueProposalsOf(draft),
  };
}

function placeOf(kind: ExtractKind, name: string): number {
  const index = kind.columns.findIndex((column) => column.name === name);
  return index < 0 ? 1_000 : index;
}

import type { ColumnReason } from '#shared/contract/imports.ts';
import type { CellRule, Mapping, MappingRecord } from '#shared/contract/mapping.ts';
import type { ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import type { Match } from './assign.ts';
import type { ColumnProfile } from './column-profile.ts';

/** What a table and its surroundings say before any kind is thought of. */
export type Evidence = {
  readonly profiles: readonly ColumnProfile[];
  /** Words of the file's name, its titles and its sheet. */
  readonly words: ReadonlySet<string>;
  /** The titles and the file's name as written. */
  readonly texts: readonly string[];
  /** The file's name without its ending. */
  readonly stem: string;
  readonly dateColumns: ReadonlySet<number>;
};

/** A mapping being made for one kind. */
export class Draft {
  readonly kind: ExtractKind;
  readonly evidence: Evidence;
  readonly matches: Map<string, Match>;
  readonly columns: Record<string, string> = {};
  readonly constants: Record<string, string> = {};
  readonly combine: NonNullable<Mapping['combine']> = {};
  readonly joins: Record<string, string[]> = {};
  readonly scale: Record<string, number> = {};
  readonly separators: Record<string, string> = {};
  readonly rules: Record<string, CellRule[]> = {};
  readonly values: Record<string, Record<string, string>> = {};
  readonly records: MappingRecord[] = [];
  consent: Mapping['consent'];
  readonly columnReasons: ColumnReason[] = [];
  /** Profiles whose dates are read, by canonical column. */
  readonly dates: [column: string, profile: ColumnProfile][] = [];
  /** How sure each canonical column is, 0 to 1. */
  readonly sureness = new Map<string, number>();
  readonly used = new Set<number>();
  readonly reasons: string[] = [];
  /** Taken off or added to what the columns alone say of the kind. */
  bonus = 0;
  /** Whether what the kind turns on had to be guessed. */
  isGuess = false;

  constructor(kind: ExtractKind, evidence: Evidence, matches: Map<string, Match>) {
    this.kind = kind;
    this.evidence = evidence;
    this.matches = matches;
  }

  /** Takes a canonical column from a column of the file. */
  take(column: string, profile: ColumnProfile, confidence: number, reason: string): void {
    this.columns[column] = profile.name;
    this.note(column, profile, confidence, reason);
  }

  /** Says where a canonical column comes from, without mapping it directly. */
  note(column: string, profile: ColumnProfile, confidence: number, reason: string): void {
    this.used.add(profile.index);
    this.sureness.set(column, Math.min(1, confidence));
    this.#say(column, profile.name, confidence, reason);
  }

  /** Puts the same text into every row. */
  fill(column: string, text: string, confidence: number, reason: string): void {
    this.constants[column] = text;
    this.sureness.set(column, confidence);
    this.#say(column, text, confidence, reason);
  }

  drop(column: string): void {
    const profile = this.matches.get(column)?.profile;
    this.matches.delete(column);
    delete this.columns[column];
    this.sureness.delete(column);
    if (profile && ![...this.matches.values()].some((match) => match.profile === profile))
      this.used.delete(profile.index);
    const at = this.columnReasons.findIndex((reason) => reason.column === column);
    if (at >= 0) this.columnReasons.splice(at, 1);
  }

  mend(column: string, ...rules: readonly CellRule[]): void {
    const have = this.rules[column] ?? [];
    this.rules[column] = [...new Set([...have, ...rules])];
  }

  free(): ColumnProfile[] {
    return this.evidence.profiles.filter((profile) => !this.used.has(profile.index));
  }

  #say(column: string, from: string, confidence: number, reason: string): void {
    const at = this.columnReasons.findIndex((entry) => entry.column === column);
    const entry = { column, from, confidence: Math.round(Math.min(1, confidence) * 100) / 100, reason };
    if (at >= 0) this.columnReasons[at] = entry;
    else this.columnReasons.push(entry);
  }
}

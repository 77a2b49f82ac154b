import { Buffer } from 'node:buffer';
import { type KeyPair, openSealed, sealBytes } from '#main/crypto/seal.ts';
import type { Connection } from '#main/store/connection.ts';
import type { BoxJudge } from '#main/store/erase-person.ts';
import { bindingsOf, type PersonSet } from '#main/store/person-tables.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type SafetyContent, safetyContent } from '../import/safety-content.ts';
import { NameMatcher } from './name-matcher.ts';

/** A rejected row as its box holds it. */
export type RejectedRow = { readonly row: number; readonly fields: readonly string[] };

/** Opens a box as text; a box that does not open is no reason to go on as if it held nothing. */
export function openText(clinic: KeyPair, box: Buffer, context: string): string {
  const opened = openSealed(clinic, box, context);
  if (opened) return opened.toString('utf8').trimEnd();
  throw new ExpectedError(
    'CORRUPT',
    'A sealed value of this vault does not open with the clinic key.',
    'Nothing was changed. Check the vault, and restore it from a backup if the check finds damage.',
  );
}

/** Everything by which files name the person: what the sealed identities say, and what can be told from the pseudonym. */
export function matcherFor(
  connection: Connection,
  set: PersonSet,
  keys: { readonly clinic: KeyPair; readonly pseudonymKey: Uint8Array },
): NameMatcher {
  const boxes = connection
    .prepare<[object], Buffer>('SELECT box FROM sealed_identity WHERE person_id IN (SELECT value FROM json_each(@ids))')
    .pluck()
    .all(bindingsOf(set));
  const names = boxes.flatMap((box) => {
    const identity = JSON.parse(openText(keys.clinic, box, 'tidemark identity')) as Readonly<Record<string, string>>;
    return Object.values(identity);
  });
  const pseudonyms = [...set.pseudonyms, ...set.aliases.map(({ alias }) => alias)];
  const own = new Set(pseudonyms);
  const everybody = connection.prepare<[], string>('SELECT pseudonym FROM person').pluck().all();
  const others = new Set(everybody.filter((pseudonym) => !own.has(pseudonym)));
  return new NameMatcher(keys.pseudonymKey, pseudonyms, [...new Set(names)], others);
}

/** Judges the boxes that no column ties to a person, for an erasure. */
export function judgeFor(matcher: NameMatcher, clinic: KeyPair): BoxJudge {
  const reseal = (text: string, context: string): Buffer =>
    sealBytes(clinic.publicKey, Buffer.from(text, 'utf8'), context);
  return ({ table, context }, box) => {
    const text = openText(clinic, box, context);
    if (table === 'sealed_reject') {
      const rows = JSON.parse(text) as readonly RejectedRow[];
      const left = rows.filter(({ fields }) => !matcher.isAbout(fields));
      if (left.length === rows.length) return null;
      const kept = new Set(left.map(({ row }) => row));
      const gone = rows.map(({ row }) => row).filter((row) => !kept.has(row));
      return { box: left.length === 0 ? null : reseal(JSON.stringify(left), context), rows: gone };
    }
    if (table === 'sealed_safety') {
      const content = JSON.parse(text) as SafetyContent;
      if (!matcher.refers(content.reference)) return null;
      // Another member of the household answered: the answer stays, without the person's reference.
      if (content.member !== undefined && content.member.toLowerCase() !== 'officer') {
        return { box: sealBytes(clinic.publicKey, safetyContent({ ...content, reference: '' }), context), rows: [] };
      }
      return { box: null, rows: [] };
    }
    // Identities and answers go with the rows that name their person.
    if (table === 'sealed_identity' || table === 'sealed_answers') return null;
    return isAbout(text, matcher) ? { box: null, rows: [] } : null;
  };
}

/** Whether one of a box's own values is a reference or pseudonym of the person; what people write about others is theirs. */
function isAbout(text: string, matcher: NameMatcher): boolean {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return false;
  }
  if (typeof content !== 'object' || content === null) return false;
  return Object.values(content).some((value) => typeof value === 'string' && matcher.refers(value));
}

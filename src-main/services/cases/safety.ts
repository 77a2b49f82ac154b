import { isOverdue, type OpenedSafety, sameAnswers } from '#main/analysis/cases/safety-list.ts';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { Opener } from '#main/crypto/seal.ts';
import {
  batchesHeld,
  batchesOfHeldFiles,
  keptRows,
  type SafetyPlace,
  safetyBatches,
  safetyPage,
} from '#main/store/case-facts.ts';
import { listAcknowledgements } from '#main/store/case-records.ts';
import { readMeta } from '#main/store/meta.ts';
import type { SafetyAnswer } from '#shared/contract/cases.ts';
import { deputyAfterHours } from '#shared/domain/cases.ts';
import { isoOfDay, londonDay } from '#shared/domain/dates.ts';
import type { VaultContext } from '../call-context.ts';
import type { OpenVault } from '../vault/index.ts';
import { contexts, openContent, withOpener } from './clinic.ts';
import { acknowledgementSchema, type OpenedContent, safetyContentSchema } from './contents.ts';

type Opened = OpenedSafety & Pick<SafetyAnswer, 'source' | 'member'>;
type OpenedBatch = { readonly answers: number; readonly opened: readonly Opened[]; readonly unreadable: number };

/** What this session has opened of each batch, without names or references; gone with the session. */
const openedBatches = new WeakMap<OpenVault, Map<number, OpenedBatch>>();

const pageSize = 1_000;
const members: ReadonlySet<string> = new Set(['officer', 'partner', 'parent', 'adult_child']);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function memberOf(member: string | undefined): string | null {
  if (member === undefined) return null;
  return members.has(member) ? member : 'somebody of a household';
}

/** Whom an answer names, of whatever kind; a household is told apart by who of it answered. */
function namesOf({ reference, household = '', member = '', volunteer, requester }: OpenedContent): string[] {
  const peer = requester === undefined ? [] : [volunteer ?? '', requester];
  return [reference, household, household === '' && reference === '' ? '' : member, ...peer];
}

function sourceOf({ household, requester }: OpenedContent): SafetyAnswer['source'] {
  if (requester !== undefined) return 'peer support';
  return household === undefined ? 'screening' : 'family survey';
}

/** Opens the answers of a batch page by page, so that the engine goes on answering. */
async function openBatch(context: VaultContext, opener: Opener, batch: number, answers: number): Promise<OpenedBatch> {
  const { vault, signal } = context;
  const opened: Opened[] = [];
  let unreadable = 0;
  let last: SafetyPlace = { batch, row: -1, part: -1 };
  for (;;) {
    const page = safetyPage(vault.store.connection, last, pageSize);
    for (const { row, part, givenDay, receivedAt, box } of page) {
      const content = openContent(opener, box, contexts.safety, safetyContentSchema);
      if (content === null) unreadable += 1;
      if (content === null || content.answer === 'clear') continue;
      const names = namesOf(content);
      opened.push({
        batch,
        row,
        part,
        givenDay,
        receivedAt,
        answer: content.answer,
        value: content.value,
        who: names.some((name) => name !== '') ? sha256Hex([vault.id, ...names].join('\n')) : '',
        source: sourceOf(content),
        member: memberOf(content.member),
      });
    }
    const end = page.at(-1);
    if (!end || page.length < pageSize || signal.aborted) return { answers, opened, unreadable };
    last = { batch, row: end.row, part: end.part };
    await turn();
  }
}

async function openedAnswers(context: VaultContext, opener: Opener): Promise<readonly OpenedBatch[]> {
  const { vault } = context;
  const known = openedBatches.get(vault) ?? new Map<number, OpenedBatch>();
  openedBatches.set(vault, known);
  for (const { batch, answers } of safetyBatches(vault.store.connection)) {
    if (known.get(batch)?.answers === answers) continue;
    const made = await openBatch(context, opener, batch, answers);
    if (context.signal.aborted) break;
    known.set(batch, made);
  }
  return [...known.values()];
}

type Acknowledged = { readonly at: string; readonly by: string; readonly note: string | null };

const placeName = ({ batch, row, part }: SafetyPlace): string => `${batch} ${row} ${part}`;

function acknowledged({ vault }: VaultContext, opener: Opener): ReadonlyMap<string, Acknowledged> {
  const found = new Map<string, Acknowledged>();
  for (const { at, user, box } of listAcknowledgements(vault.store.connection)) {
    const content = openContent(opener, box, contexts.acknowledgement, acknowledgementSchema);
    for (const key of content?.keys ?? []) found.set(placeName(key), { at, by: user, note: content?.note ?? null });
  }
  return found;
}

/** Whom a safety answer was tied to by a case that was opened for it. */
export type SafetyCase = { readonly case: number; readonly person: string };
export type SafetyCases = {
  /** By `batch row part`. */
  readonly ofAnswer: ReadonlyMap<string, SafetyCase>;
  /** The open case of a pseudonym, else its last one. */
  readonly ofPerson: ReadonlyMap<string, number>;
};

export function deputyHours({ store }: OpenVault): number {
  return Number(readMeta(store, 'safety deputy hours') ?? deputyAfterHours);
}

function rowState(kept: boolean, batch: number, held: ReadonlySet<number>): SafetyAnswer['row'] {
  if (kept) return 'kept';
  if (batch < 0) return 'held';
  return held.has(batch) ? 'rejected' : 'undone';
}

export type SafetyList = { readonly answers: readonly SafetyAnswer[]; readonly unreadable: number };

/**
 * Every answer that was raised or not seen, whatever became of its row or batch, put together where it arrived more than once.
 * Those that said no are left out. Straight from the boxes: no model and no rule stands before it.
 */
export function safetyList(context: VaultContext, cases: SafetyCases): Promise<SafetyList> {
  const { vault, nowMs } = context;
  return withOpener(vault, async (opener) => {
    const batches = await openedAnswers(context, opener);
    const opened = batches.flatMap((batch) => batch.opened);
    const seen = acknowledged(context, opener);
    const { connection } = vault.store;
    const loadedAs = batchesOfHeldFiles(connection);
    const batchOf = (batch: number): number => loadedAs.get(batch) ?? batch;
    const kept = keptRows(connection, [...new Set(opened.map(({ batch }) => batchOf(batch)))]);
    const held = batchesHeld(connection);
    const hours = deputyHours(vault);
    const today = londonDay(Math.floor(nowMs / 1_000));
    const answers = sameAnswers(opened).map((group): SafetyAnswer => {
      const [first] = group as readonly [Opened, ...Opened[]];
      const names = group.map(placeName);
      const acknowledgement = names.map((name) => seen.get(name)).find((entry) => entry !== undefined);
      const tied = names.map((name) => cases.ofAnswer.get(name)).find((entry) => entry !== undefined);
      const rows = group.map(({ batch, row }) => kept.get(`${batchOf(batch)} ${row}`));
      const keptAt = rows.findIndex((row) => row !== undefined);
      const person = rows.find((row) => row !== undefined && row !== null) ?? tied?.person ?? null;
      const receivedAt = group.map((entry) => entry.receivedAt).sort()[0] ?? first.receivedAt;
      const at = group[Math.max(0, keptAt)] ?? first;
      return {
        keys: group.map(({ batch, row, part }) => ({ batch, row, part })),
        answer: first.answer,
        person,
        source: first.source,
        member: first.member,
        givenOn: first.givenDay === null ? null : isoOfDay(first.givenDay),
        days: first.givenDay === null ? null : today - first.givenDay,
        receivedAt,
        row: rowState(keptAt >= 0, batchOf(at.batch), held),
        overdue: first.answer === 'raised' && !acknowledgement && isOverdue(Date.parse(receivedAt), nowMs, hours),
        acknowledgedAt: acknowledgement?.at ?? null,
        acknowledgedBy: acknowledgement?.by ?? null,
        note: acknowledgement?.note ?? null,
        case: tied?.case ?? (person === null ? null : (cases.ofPerson.get(person) ?? null)),
      };
    });
    return { answers, unreadable: batches.reduce((sum, batch) => sum + batch.unreadable, 0) };
  });
}

export { placeName };

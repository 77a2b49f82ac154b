import { type Activity, type AudienceGrouping, audienceGroupings, likertLevels } from './engagement.ts';
import { fail, ok, type Result } from './result.ts';

type Counts = Pick<Activity, 'groups' | 'items'>;
type Group = Activity['groups'][number];
type Item = Activity['items'][number];

const heads = ['of', 'by', 'group', 'level', 'count'] as const;
const most = 100_000;

/**
 * Counts of an activity from lines of a table, separated by tabs, semicolons or commas: `of` is `invited`, `responded` or the
 * statement of an item; `by` and `group` are empty for the whole; `level` is 1 to 5 for items. Fails naming the line.
 * @param text with the heads `of,by,group,level,count` in its first line
 */
export function readCounts(text: string): Result<Counts> {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const first = lines[0] ?? '';
  const separator = ['\t', ';', ','].find((mark) => first.includes(mark)) ?? ',';
  const names = cellsOf(first, separator).map((name) => name.toLowerCase());
  if (heads.some((head) => !names.includes(head)))
    return wrong(`The first line must have the heads ${heads.join(', ')}.`);
  if (lines.length > most) return wrong(`There are more than ${most} lines.`);
  const groups = new Map<string, Group>();
  const items = new Map<string, Item>();
  for (const [at, line] of lines.slice(1).entries()) {
    const cells = cellsOf(line, separator);
    const cell = (head: (typeof heads)[number]): string => cells[names.indexOf(head)] ?? '';
    const read = { of: cell('of'), by: cell('by'), group: cell('group'), level: cell('level'), count: cell('count') };
    const fault = take(read, groups, items);
    if (fault !== null) return wrong(`Line ${at + 2}: ${fault}.`);
  }
  return ok({ groups: [...groups.values()], items: [...items.values()] });
}

type Line = Readonly<Record<(typeof heads)[number], string>>;

/** Adds a line to what is read so far; what is wrong with it, or null. */
function take(line: Line, groups: Map<string, Group>, items: Map<string, Item>): string | null {
  if (!/^\d{1,7}$/.test(line.count)) return 'the count is no whole number';
  const count = Number(line.count);
  const by = audienceGroupings.find((known) => known === line.by.toLowerCase());
  if (line.by !== '' && by === undefined) return `“${line.by}” is none of ${audienceGroupings.join(', ')}`;
  if ((line.by === '') !== (line.group === '')) return 'a grouping and its group stand together';
  if (line.of === 'invited' || line.of === 'responded') {
    if (by === undefined) return 'how many were invited and answered in all is entered with the activity';
    const own = groups.get(`${by} ${line.group}`) ?? { by, group: line.group, invited: 0, responded: 0 };
    groups.set(`${by} ${line.group}`, { ...own, [line.of]: count });
    return null;
  }
  if (line.of === '') return 'it does not say what it counts';
  const level = Number(line.level);
  if (!Number.isInteger(level) || level < 1 || level > likertLevels) return `the level is none of 1 to ${likertLevels}`;
  const item = items.get(line.of) ?? newItem(line.of, items.size + 1);
  items.set(line.of, item);
  answersOf(item, by, line.group)[level - 1] = count;
  return null;
}

function newItem(words: string, number: number): Item {
  return { item: `Q${number}`, words, answers: noAnswers(), groups: [] };
}

function noAnswers(): number[] {
  return Array.from({ length: likertLevels }, () => 0);
}

function answersOf(item: Item, by: AudienceGrouping | undefined, group: string): number[] {
  if (by === undefined) return item.answers;
  const held = item.groups.find((own) => own.by === by && own.group === group);
  if (held) return held.answers;
  const made = { by, group, answers: noAnswers() };
  item.groups.push(made);
  return made.answers;
}

function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const isQuoted = line[at] === '"';
    const end = isQuoted ? endOfQuoted(line, at) : line.indexOf(separator, at);
    const stop = end < 0 ? line.length : end;
    const raw = line.slice(at, stop);
    cells.push((isQuoted ? raw.slice(1, -1).replaceAll('""', '"') : raw).trim());
    at = stop + 1;
  }
  return cells;
}

/** Just behind the closing quote of a cell. */
function endOfQuoted(line: string, from: number): number {
  const found = /^"(?:[^"]|"")*"/.exec(line.slice(from));
  return found ? from + found[0].length : -1;
}

function wrong(message: string): Result<never> {
  return fail('BAD_INPUT', message, 'Nothing was read. Correct the lines and try again.');
}

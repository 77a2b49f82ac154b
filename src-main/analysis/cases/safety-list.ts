/** One opened box of a safety answer. Days are day numbers. */
export type OpenedSafety = {
  readonly batch: number;
  readonly row: number;
  readonly part: number;
  readonly answer: 'raised' | 'not seen';
  readonly value: number | null;
  /** Tells people apart without naming them: equal for equal references. Empty where the row named nobody. */
  readonly who: string;
  readonly givenDay: number | null;
  readonly receivedAt: string;
};

/**
 * Answers that arrived more than once (a file held back and then loaded, a batch undone and loaded again) put together, so
 * that nobody is asked twice. Only answers of different batches are, and only where person and day are known: two answers of
 * one file are two answers.
 */
export function sameAnswers<Answer extends OpenedSafety>(answers: readonly Answer[]): readonly (readonly Answer[])[] {
  const groups = new Map<string, Answer[]>();
  const timesIn = new Map<string, number>();
  for (const answer of answers) {
    const { who, givenDay, batch, row, part } = answer;
    const content = `${who}\n${givenDay}\n${answer.answer}\n${answer.value}`;
    const times = (timesIn.get(`${batch}\n${content}`) ?? 0) + 1;
    timesIn.set(`${batch}\n${content}`, times);
    const alone = who === '' || givenDay === null;
    const name = alone ? `${batch}\n${row}\n${part}` : `${content}\n${times}`;
    const group = groups.get(name);
    if (group) group.push(answer);
    else groups.set(name, [answer]);
  }
  return [...groups.values()];
}

/** Whether an answer that nobody has acknowledged has waited so long that a deputy should look. */
export function isOverdue(receivedAtMs: number, nowMs: number, afterHours: number): boolean {
  return nowMs - receivedAtMs >= afterHours * 3_600_000;
}

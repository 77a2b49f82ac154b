import { Button } from '@mantine/core';
import { timetableText as text } from './text.ts';

type Props = {
  readonly isEdited: boolean;
  /** Whether it was changed by hand and not checked since. */
  readonly isStale: boolean;
  readonly isEmpty: boolean;
  readonly onAdd: () => void;
  readonly onSeat: () => void;
  readonly onDiscard: () => void;
  readonly onCheck: () => void;
  readonly onWrite: () => void;
};

/** What can be done with a timetable; the next step stands out. */
export function TimetableActions({ isEdited, isStale, isEmpty, ...does }: Props) {
  return (
    <>
      {isEdited ? (
        <>
          <Button variant="default" onClick={does.onDiscard}>
            {text.discard}
          </Button>
          <Button variant="default" title={text.seatHint} onClick={does.onSeat}>
            {text.seat}
          </Button>
        </>
      ) : null}
      <Button variant="default" onClick={does.onAdd}>
        {text.addSession}
      </Button>
      {isStale ? <Button onClick={does.onCheck}>{text.check}</Button> : null}
      {isEmpty ? null : (
        <Button variant={isStale ? 'default' : 'filled'} onClick={does.onWrite}>
          {text.write}
        </Button>
      )}
    </>
  );
}

import { Autocomplete, Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TimetableFault } from '#shared/domain/pilot-timetable.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { Lines } from '../../../ui/reading.tsx';
import { Notice, Stack } from '../../../ui/surface.tsx';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { NumberField } from '../plan/fields.tsx';
import planClasses from '../plan/plan.module.css';
import { timetableText as text } from './text.ts';
import classes from './timetable.module.css';
import { type EditedSession, faultWords, type PlacedSession } from './timetable-model.ts';
import { localOf, momentOf } from './weeks.ts';

type Props = {
  /** Null to add one. */
  readonly session: PlacedSession | null;
  readonly faults: readonly TimetableFault[];
  readonly places: readonly string[];
  /** Where one is added. */
  readonly firstDay: string;
  readonly minutes: number;
  /** Null takes the session out. */
  readonly onKeep: (session: EditedSession | null) => void;
  readonly onClose: () => void;
};

/** Moves a session, takes it out, or adds one; which rules that breaks is said by the check. */
export function SessionDialog({ session, faults, places, firstDay, minutes, onKeep, onClose }: Props) {
  useReturnFocus();
  const given = session === null ? { day: firstDay, time: '' } : localOf(session.at);
  const [day, setDay] = useState(given.day);
  const [time, setTime] = useState(given.time);
  const [place, setPlace] = useState(session?.place ?? places[0] ?? '');
  const [facilitator, setFacilitator] = useState(session?.facilitator ?? 1);
  const at = momentOf(day, time);
  const isReady = at !== null && place.trim() !== '' && facilitator >= 1;
  const keep = () => {
    if (at === null || !isReady) return;
    const people = session?.people ?? [];
    onKeep({ at, minutes: session?.minutes ?? minutes, place: place.trim(), facilitator, people });
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={session === null ? text.addTitle : text.editTitle}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <Stack>
          {session === null || faults.length === 0 ? null : (
            <Notice tone="bad" title={text.brokenHere(faults.length)}>
              <Lines lines={faultWords(faults)} />
            </Notice>
          )}
          <div className={planClasses.line}>
            <DateField label={text.day} value={day} onChange={setDay} />
            <TextInput
              label={text.time}
              value={time}
              onChange={(event) => setTime(event.currentTarget.value)}
              error={time !== '' && at === null ? text.timeWrong : null}
              w={120}
              required
              data-autofocus
              autoComplete="off"
            />
            <NumberField
              label={text.facilitator}
              value={facilitator}
              onChange={setFacilitator}
              min={1}
              max={100}
              widthPx={110}
            />
          </div>
          <Autocomplete label={text.place} data={[...places]} value={place} onChange={setPlace} maxLength={200} />
          {session === null ? <p className={classes.key}>{text.addHint}</p> : <Seated people={session.people ?? []} />}
          <Group justify="space-between" gap="xs">
            {session === null ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" onClick={() => onKeep(null)}>
                {text.remove}
              </Button>
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {text.cancel}
              </Button>
              <Button type="submit" disabled={!isReady}>
                {text.keep}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Seated({ people }: { readonly people: readonly string[] }) {
  return (
    <div>
      <p className={classes.key}>{text.who(people.length)}</p>
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person}>
            <code>{person}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

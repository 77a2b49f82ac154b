import { Checkbox, Group } from '@mantine/core';
import { type ReportFormat, reportFormats } from '#shared/contract/reports.ts';
import { createMemory, useMemory } from '../bridge/memory.ts';
import { reportText as text } from './report-text.ts';

// One choice for whatever report is built next.
const memory = createMemory<readonly ReportFormat[]>(reportFormats);

export function useReportFormats(): readonly ReportFormat[] {
  return useMemory(memory);
}

/** The forms that a report is written in; the last one cannot be taken away. */
export function ReportFormats() {
  const formats = useReportFormats();
  return (
    <Checkbox.Group
      label={text.formats}
      description={text.formatsNote}
      value={[...formats]}
      onChange={(chosen) => {
        const next = reportFormats.filter((format) => chosen.includes(format));
        if (next.length > 0) memory.set(next);
      }}
    >
      <Group gap="lg" mt={6}>
        {reportFormats.map((format) => (
          <Checkbox key={format} value={format} label={text.formatNames[format]} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

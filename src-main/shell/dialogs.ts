import { type BrowserWindow, dialog } from 'electron';
import { z } from 'zod';

const optionsSchema = z.strictObject({
  kind: z.enum(['file', 'folder', 'save']),
  title: z.string().min(1).max(200),
  suggestedName: z
    .string()
    .max(200)
    .regex(/^[^\\/]*$/)
    .optional(),
});

/** Shows the system's own dialog. The chosen path, or null when dismissed or when the options are not dialog options. */
export async function choosePath(window: BrowserWindow, options: unknown): Promise<string | null> {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    return null;
  }
  const { kind, title, suggestedName } = parsed.data;
  if (kind === 'save') {
    const saved = await dialog.showSaveDialog(window, {
      title,
      ...(suggestedName === undefined ? {} : { defaultPath: suggestedName }),
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    });
    return saved.canceled || saved.filePath === '' ? null : saved.filePath;
  }
  const opened = await dialog.showOpenDialog(window, {
    title,
    properties: [kind === 'folder' ? 'openDirectory' : 'openFile', 'createDirectory', 'dontAddToRecent'],
  });
  return opened.filePaths[0] ?? null;
}

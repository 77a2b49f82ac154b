import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** The menu: lock, edit, zoom. No reload; developer tools only in development. */
export function installMenu(lock: () => void, development: boolean): void {
  const template: MenuItemConstructorOptions[] = [
    {
      label: '&Tidemark',
      submenu: [
        { label: 'Lock', accelerator: 'CmdOrCtrl+L', click: lock },
        { type: 'separator' },
        { role: 'quit', label: process.platform === 'darwin' ? `Quit ${app.getName()}` : 'Exit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(development ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

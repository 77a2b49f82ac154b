import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

/**
 * What is started on its own: the shell and the engine's process of the desktop, the command line and the window host of an
 * installation without Electron, and each task by the name it is started by.
 */
const mainEntries = {
  'command-line': resolve(root, 'src-main/cli/main.ts'),
  'window-host': resolve(root, 'src-main/window/run-window.ts'),
  entry: resolve(root, 'src-main/shell/entry.ts'),
  'engine-process': resolve(root, 'src-main/shell/engine-process.ts'),
  'import-reader': resolve(root, 'src-main/workers/import/reader-task.ts'),
  'import-writer': resolve(root, 'src-main/workers/import/writer-task.ts'),
  'import-undo': resolve(root, 'src-main/workers/import/undo-task.ts'),
  'import-preview': resolve(root, 'src-main/workers/preview/preview-task.ts'),
  backup: resolve(root, 'src-main/workers/backup/backup-task.ts'),
  rights: resolve(root, 'src-main/workers/rights/rights-task.ts'),
  analysis: resolve(root, 'src-main/workers/analysis-task.ts'),
  statistics: resolve(root, 'src-main/workers/statistics-task.ts'),
  references: resolve(root, 'src-main/workers/references/references-task.ts'),
  suppression: resolve(root, 'src-main/workers/suppression-task.ts'),
  rekey: resolve(root, 'src-main/workers/rekey/rekey-task.ts'),
  'report-writing': resolve(root, 'src-main/workers/report/writing-task.ts'),
};

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: mainEntries,
        // A task's file is looked for beside whatever starts it, so that chunks lie where entries do.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file with everything in it.
      externalizeDeps: false,
      rollupOptions: {
        input: { entry: resolve(root, 'src-main/preload/entry.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rollupOptions: { input: { index: resolve(root, 'src-renderer/index.html') } },
    },
  },
});

/** Names of the desktop's IPC channels. Known to the shell and the preload; they never reach the page. */
export const channels = {
  call: 'tidemark:call',
  cancel: 'tidemark:cancel',
  event: 'tidemark:event',
  choosePath: 'tidemark:choose-path',
  openWritten: 'tidemark:open-written',
} as const;

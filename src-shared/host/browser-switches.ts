/**
 * Chromium switches both browser hosts start with: no networking of the browser's own, no crash dumps, no disk cache.
 * Read against https://peter.sh/experiments/chromium-command-line-switches/ and tried in Chromium 156.
 */
export const quietSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-breakpad'],
  ['disable-client-side-phishing-detection'],
  ['disable-component-update'],
  ['disable-crash-reporter'],
  ['disable-domain-reliability'],
  ['disable-quic'],
  ['disable-sync'],
  ['disk-cache-size', '1'],
  ['media-cache-size', '1'],
  ['disable-gpu-shader-disk-cache'],
  ['dns-prefetch-disable'],
  ['no-pings'],
  ['no-proxy-server'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  // The floor under everything above: no name, and no address written as a name, resolves.
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
];

/** The same as arguments of a command line. */
export const quietArguments: readonly string[] = quietSwitches.map(([name, value]) =>
  value === undefined ? `--${name}` : `--${name}=${value}`,
);

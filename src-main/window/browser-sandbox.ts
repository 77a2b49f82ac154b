import { fail, ok, type Result } from '#shared/domain/result.ts';

/**
 * Whether the browser's own sandbox is on. It always is, except as root in continuous integration, where Chromium
 * cannot have one; root anywhere else is refused.
 * @param userId the process's user id; undefined on Windows.
 */
export function chooseSandbox(userId: number | undefined, environment: NodeJS.ProcessEnv): Result<boolean> {
  if (userId !== 0) {
    return ok(true);
  }
  const integration = environment.CI !== undefined && !['', '0', 'false'].includes(environment.CI);
  return integration
    ? ok(false)
    : fail(
        'FORBIDDEN',
        'Tidemark was started as root, where the browser cannot run in its sandbox, so it was not opened.',
        'Start it as an ordinary user.',
      );
}

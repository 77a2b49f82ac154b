import { type AppError, ExpectedError } from '#shared/domain/result.ts';

type Explanation = {
  readonly seen: RegExp;
  readonly code: AppError['code'];
  readonly message: string;
  readonly hint: string;
};

const nothingLost = 'No vault was opened and nothing was changed.';

const explanations: readonly Explanation[] = [
  {
    seen: /remote debugging is (?:disallowed|disabled|not allowed)|RemoteDebuggingAllowed/i,
    code: 'FORBIDDEN',
    message:
      'A policy of this machine forbids driving the browser (RemoteDebuggingAllowed is off), so no window could open.',
    hint: `${nothingLost} Ask for the policy to be allowed for this machine, set TIDEMARK_BROWSER to another browser, or install Tidemark’s desktop package, which needs no browser.`,
  },
  {
    seen: /missing x server|cannot open display|ozone_platform|\$DISPLAY|platform failed to initialize/i,
    code: 'NOT_FOUND',
    message: 'There is no display here to open a window on.',
    hint: `${nothingLost} Start Tidemark in a desktop session, or use the command line.`,
  },
  {
    seen: /no usable sandbox|sandboxing failed/i,
    code: 'FORBIDDEN',
    message: 'This system does not let the browser run in its sandbox, and Tidemark does not open it without.',
    hint: `${nothingLost} Install the browser’s sandbox helper (on Debian: sudo apt-get install chromium-sandbox) or allow user namespaces.`,
  },
  {
    seen: /timeout|timed out/i,
    code: 'FORBIDDEN',
    message: 'The browser started but did not answer over its pipe in time, so no window could open.',
    hint: `${nothingLost} A policy (RemoteDebuggingAllowed) or security software may block it: ask for it to be allowed, or set TIDEMARK_BROWSER to another browser.`,
  },
];

/** Says in words why the browser could not be driven. The browser's own output stays out: it names folders. */
export function explainLaunchFailure(thrown: unknown): ExpectedError {
  const text = thrown instanceof Error ? thrown.message : '';
  const known = explanations.find(({ seen }) => seen.test(text));
  return known === undefined
    ? new ExpectedError(
        'INTERNAL',
        'The browser could not be started, or stopped at once.',
        `${nothingLost} A policy of this machine or security software may forbid driving it. Try another browser with TIDEMARK_BROWSER, or start that browser by hand to see what it says.`,
      )
    : new ExpectedError(known.code, known.message, known.hint);
}

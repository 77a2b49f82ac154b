/** Lets the engine's process be started again at most `most` times within `withinMilliseconds`. */
export type RestartPolicy = { readonly mayRestart: (nowMilliseconds: number) => boolean };

export function createRestartPolicy(most: number, withinMilliseconds: number): RestartPolicy {
  let restarts: readonly number[] = [];
  return {
    mayRestart: (nowMilliseconds) => {
      restarts = restarts.filter((time) => nowMilliseconds - time < withinMilliseconds);
      if (restarts.length >= most) {
        return false;
      }
      restarts = [...restarts, nowMilliseconds];
      return true;
    },
  };
}

/**
 * Runs `act` at most once every `ms`: at once when it was quiet, else once at the end of the pause.
 *
 * @returns `request` to ask for a run, `cancel` to drop a waiting one.
 */
export function coalesce(act: () => void, ms: number): { request: () => void; cancel: () => void } {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const run = () => {
    asked = false;
    act();
    resting = setTimeout(() => {
      resting = undefined;
      if (asked) run();
    }, ms);
  };
  return {
    request: () => (resting === undefined ? run() : void (asked = true)),
    cancel: () => {
      clearTimeout(resting);
      resting = undefined;
      asked = false;
    },
  };
}

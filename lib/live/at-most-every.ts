export interface Limited {
  (): void;
  /** Forgets what is still to come. */
  cancel(): void;
}

/** Does `act` at once, and again for calls that came meanwhile, but not before `intervalMs` have passed. */
export function atMostEvery(intervalMs: number, act: () => void): Limited {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, intervalMs);
    act();
  };
  const limited = () => {
    if (timer === undefined) run();
    else again = true;
  };
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
    again = false;
  };
  return Object.assign(limited, { cancel });
}

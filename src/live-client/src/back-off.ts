import { mayPass } from './errors.js';
import type { Timing } from './options.js';
import type { Cut, End } from './transports/transport.js';

/** What follows from an end: give up, or come back after a pause. */
export type Verdict =
  | { readonly again: false }
  /** `exactly`: the server named the pause. `soon`: nothing is wrong with the server. */
  | { readonly again: true; readonly exactly?: number; readonly soon?: boolean };

const again: Verdict = { again: true };
const soon: Verdict = { again: true, soon: true };
const stop: Verdict = { again: false };

/** Judges how an operation ended, by the table of close codes in `schema/TRANSPORT.md`. */
export function judge(end: End): Verdict {
  switch (end.kind) {
    case 'complete':
      // A feed has no end. If this one is gone, coming back gets a refusal that says so.
      return again;
    case 'refused':
      return mayPass(end.errors) ? again : stop;
    case 'cut':
      return end.cut.transport === 'websocket' ? judgeClose(end.cut) : judgeStatus(end.cut);
  }
}

function judgeClose({ status = 1006, reason = '', reached }: Cut): Verdict {
  const asked = /\bReconnect in (\d{1,7}) ms\b/.exec(reason);
  if (asked) {
    return { again: true, exactly: Number(asked[1]) };
  }
  if (status === 4290) {
    return soon;
  }
  // 4408: no acknowledgement in time. 4499 and 4504 are the client's own, for a socket that is silent.
  if (status >= 4000 && status < 5000) {
    return (status >= 4200 && status < 4300) || [4408, 4499, 4504].includes(status) ? again : stop;
  }
  // Before the acknowledgement a broken handshake may be a proxy's doing, so it is not the last word.
  return !reached || [1000, 1001, 1005, 1006, 1012, 1013, 1014].includes(status) ? again : stop;
}

function judgeStatus({ status = 0, pause }: Cut): Verdict {
  if (pause !== undefined) {
    return { again: true, exactly: pause };
  }
  return status >= 400 && status < 500 && !isPassing(status) ? stop : again;
}

/** Whether an HTTP status says "not now" rather than "not so". */
export function isPassing(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}

const soonest = 50;
const longest = 300_000;
const soonFactor = 0.2;

/**
 * How long to wait before coming back: a random time (so that readers cut off together do not return together) up to a
 * limit that doubles from one failure to the next.
 * @param failures How many came before this one without a stable connection in between.
 */
export function pauseAfter(
  verdict: Verdict & { again: true },
  failures: number,
  timing: Timing,
  random: () => number,
): number {
  if (verdict.exactly !== undefined) {
    return Math.min(verdict.exactly, longest);
  }
  const first = verdict.soon ? timing.backOff * soonFactor : timing.backOff;
  const limit = Math.min(timing.maxBackOff, first * 2 ** Math.min(failures, 30));
  return Math.min(limit, soonest + random() * (limit - soonest));
}

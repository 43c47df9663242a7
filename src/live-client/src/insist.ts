import { judge, pauseAfter, type Verdict } from './back-off.js';
import { LiveError } from './errors.js';
import { request, RequestFailed } from './http.js';
import type { Settings } from './options.js';
import type { Operation } from './transports/transport.js';

/**
 * Runs a query over HTTP, again and again until it is answered or called off.
 * @param waiting Told before every pause.
 * @throws LiveError The endpoint refused it.
 */
export async function insist(
  settings: Settings,
  operation: Operation,
  signal: AbortSignal,
  waiting: (milliseconds: number) => void = () => {},
): Promise<Record<string, unknown>> {
  for (let failures = 0; ; failures++) {
    try {
      return await request(settings, operation, signal);
    } catch (error) {
      signal.throwIfAborted();
      const verdict = verdictOn(error);
      if (!verdict.again) {
        throw error;
      }
      const pause = pauseAfter(verdict, failures, settings.timing, settings.random);
      waiting(pause);
      await wait(pause, signal);
    }
  }
}

function verdictOn(error: unknown): Verdict {
  if (error instanceof RequestFailed) {
    return { again: true, ...(error.pause !== undefined && { exactly: error.pause }) };
  }
  return error instanceof LiveError ? judge({ kind: 'refused', errors: error.errors }) : { again: false };
}

/** Waits; rejects at once when it is called off. */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', aborted);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', aborted, { once: true });
  });
}

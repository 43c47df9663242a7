/** What can be ended, and ends with the client at the latest. */
export function lifeWithin(ended: AbortSignal): AbortController {
  const life = new AbortController();
  if (ended.aborted) {
    life.abort();
  } else {
    ended.addEventListener('abort', () => life.abort(), { once: true, signal: life.signal });
  }
  return life;
}

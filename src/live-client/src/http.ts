import { isPassing } from './back-off.js';
import { type GraphQLErrorEntry, LiveError } from './errors.js';
import type { Settings } from './options.js';
import type { Operation, Result } from './transports/transport.js';

/** A request that did not get an answer of the endpoint's; the same again may. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  constructor(
    message: string,
    /** How many milliseconds the server asks to stay away. */
    readonly pause?: number,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/**
 * Runs a query over HTTP.
 * @throws LiveError The endpoint refused it. RequestFailed: nothing came back, or nothing of the endpoint's.
 */
export async function request(
  settings: Settings,
  operation: Operation,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const control = new AbortController();
  const abort = (): void => control.abort();
  const limit = setTimeout(abort, settings.timing.silence);
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    const response = await settings.fetch(settings.url, {
      method: 'POST',
      headers: {
        ...(await settings.headers()),
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'content-type': 'application/json',
      },
      body: JSON.stringify(operation),
      credentials: settings.credentials,
      signal: control.signal,
    });
    return await dataOf(response);
  } catch (error) {
    throw error instanceof LiveError || error instanceof RequestFailed
      ? error
      : new RequestFailed('The request failed.', undefined, error);
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', abort);
  }
}

async function dataOf(response: Response): Promise<Record<string, unknown>> {
  const { status } = response;
  const { data, errors } = (await resultOf(response)) ?? {};
  if (data && !errors) {
    return data;
  }
  if (errors && !isPassing(status)) {
    throw LiveError.of(errors, status);
  }
  throw new RequestFailed(`The server answered ${status}.`, retryAfter(response));
}

/** The errors in an answer, if it is one of a GraphQL endpoint. */
export async function errorsOf(response: Response): Promise<readonly GraphQLErrorEntry[] | undefined> {
  return (await resultOf(response))?.errors;
}

async function resultOf(response: Response): Promise<Result | undefined> {
  try {
    const { data, errors } = (await response.json()) as Result;
    return { ...(data !== undefined && { data }), ...(Array.isArray(errors) && { errors }) };
  } catch {
    return undefined;
  }
}

/** The header `Retry-After` in milliseconds, where it names seconds. */
export function retryAfter(response: Response): number | undefined {
  const seconds = response.headers.get('retry-after');
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
}

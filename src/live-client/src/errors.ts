/** One entry of a GraphQL result's `errors`. */
export interface GraphQLErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What the client gives up on: nothing it could do by itself would change the outcome. */
export class LiveError extends Error {
  override readonly name = 'LiveError';

  /** The server's error code, for instance `ARTICLE_NOT_FOUND`; see `schema/TRANSPORT.md`. */
  readonly code: string | undefined;

  /** The errors as the server sent them; empty if the connection, not the operation, was refused. */
  readonly errors: readonly GraphQLErrorEntry[];

  /** The WebSocket close code or HTTP status, if that is what ended it. */
  readonly status: number | undefined;

  constructor(
    message: string,
    details: { errors?: readonly GraphQLErrorEntry[]; status?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.errors = details.errors ?? [];
    this.code = codeOf(this.errors[0]);
    this.status = details.status;
  }

  /** The error for a refused operation. */
  static of(errors: readonly GraphQLErrorEntry[], status?: number): LiveError {
    return new LiveError(errors.map((error) => error.message).join('; ') || 'The operation was refused.', {
      errors,
      status,
    });
  }
}

/** The code of an entry, if it has one. */
export function codeOf(error: GraphQLErrorEntry | undefined): string | undefined {
  const code = error?.extensions?.['code'];
  return typeof code === 'string' ? code : undefined;
}

// Codes that say "not now" rather than "not so". The first: the time limit ran out.
const passing = new Set(['HC0045', 'TOO_MANY_OPERATIONS', 'TOO_MANY_CONNECTIONS', 'SHUTTING_DOWN']);

/** Whether the same operation may succeed later: the server failed or was busy, the request itself is right. */
export function mayPass(errors: readonly GraphQLErrorEntry[]): boolean {
  return (
    errors.length > 0 &&
    errors.every((error) => 'errorId' in (error.extensions ?? {}) || passing.has(codeOf(error) ?? ''))
  );
}

/** Hands on what a callback of the caller threw, without letting it break what called it. */
export function guarded(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

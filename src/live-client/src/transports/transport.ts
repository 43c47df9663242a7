import type { GraphQLErrorEntry } from '../errors.js';

/** An operation as it goes over the wire. */
export interface Operation {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** A result as it comes over the wire. */
export interface Result {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLErrorEntry[];
}

/** How a connection ended that nobody here ended. */
export interface Cut {
  readonly transport: TransportName;
  /** Whether the server had answered: the socket was acknowledged, the stream was open. */
  readonly reached: boolean;
  /** The close code of the socket, or the HTTP status. */
  readonly status?: number | undefined;
  /** The close frame's reason text. */
  readonly reason?: string;
  /** How many milliseconds the server asks to stay away. */
  readonly pause?: number;
  readonly cause?: unknown;
}

/** How one run of an operation ended. */
export type End =
  | { readonly kind: 'complete' }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLErrorEntry[]; readonly status?: number }
  | { readonly kind: 'cut'; readonly cut: Cut };

/** Who runs an operation. `end` comes once and last; nothing comes after the operation was stopped. */
export interface Runner {
  /** The operation is on its way to a server that answers. */
  open(): void;
  next(result: Result): void;
  end(end: End): void;
}

export type TransportName = 'websocket' | 'sse';

/** One way to the server. It never tries again by itself: that is the connection's to decide. */
export interface Transport {
  readonly name: TransportName;
  /** Runs an operation; returns how to stop it. */
  start(operation: Operation, runner: Runner): () => void;
  dispose(): void;
}

import { type Client, createClient } from 'graphql-ws/client';
import type { GraphQLErrorEntry } from '../errors.js';
import type { Settings } from '../options.js';
import { Silence } from './silence.js';
import type { Cut, End, Operation, Runner, Transport } from './transport.js';

// The socket outlives its last operation by a moment, for one that begins again at once.
const lingering = 1_000;

/**
 * One socket with the operations on it. It is used once: after its end the connection makes another. So no event of a
 * dead socket can be taken for one of its successor.
 */
export class WebSocketTransport implements Transport {
  readonly name = 'websocket';
  readonly #client: Client;
  readonly #running = new Set<Runner>();
  readonly #silence: Silence;
  readonly #onEnd: (cut: Cut) => void;
  #reached = false;
  #ended = false;

  /** @param onEnd Told once, before the operations are, that this socket is no more. */
  constructor(settings: Settings, onReached: () => void, onEnd: (cut: Cut) => void) {
    this.#onEnd = onEnd;
    const { connect, silence } = settings.timing;
    this.#silence = new Silence(() => this.#client.terminate());
    this.#client = createClient({
      url: settings.socketUrl,
      webSocketImpl: listening(settings.webSocket),
      ...(settings.connectionParams && { connectionParams: settings.connectionParams }),
      lazyCloseTimeout: lingering,
      retryAttempts: 0,
      // The pongs are signs of life on a server that sends no pings.
      keepAlive: silence / 2,
      on: {
        connecting: () => this.#silence.allow(connect),
        connected: () => {
          this.#reached = true;
          this.#silence.allow(silence);
          [...this.#running].forEach((runner) => runner.open());
          onReached();
        },
        message: () => this.#reached && this.#silence.heard(),
        closed: (event) => this.#end(closeOf(event)),
        error: (cause) => this.#end({ cause }),
      },
    });
  }

  start(operation: Operation, runner: Runner): () => void {
    this.#running.add(runner);
    const finish = (end: End): void => {
      if (this.#running.delete(runner)) {
        runner.end(end);
      }
    };
    const stop = this.#client.subscribe(
      { query: operation.query, variables: operation.variables ?? null },
      {
        next: (result) => {
          if (this.#running.has(runner)) {
            runner.next(result as never);
          }
        },
        // What is not a list of errors is the socket's own end, of which #end tells.
        error: (errors) => Array.isArray(errors) && finish({ kind: 'refused', errors: errors as GraphQLErrorEntry[] }),
        complete: () => !this.#ended && finish({ kind: 'complete' }),
      },
    );
    if (this.#reached) {
      runner.open();
    }
    return () => {
      this.#running.delete(runner);
      stop();
    };
  }

  dispose(): void {
    this.#leave();
    if (!this.#reached) {
      // Disposing waits for a socket that may never stand.
      this.#client.terminate();
    }
  }

  #end(how: Pick<Cut, 'status' | 'reason' | 'cause'>): void {
    if (this.#ended) {
      return;
    }
    const running = [...this.#running];
    const cut: Cut = { transport: this.name, reached: this.#reached || isServers(how.status), ...how };
    this.#leave();
    this.#onEnd(cut);
    running.forEach((runner) => runner.end({ kind: 'cut', cut }));
  }

  #leave(): void {
    this.#ended = true;
    this.#running.clear();
    this.#silence.stop();
    // Disposed, the client in no case comes back by itself. It rejects when the socket never stood.
    void Promise.resolve(this.#client.dispose()).catch(() => {});
  }
}

function closeOf(event: unknown): Pick<Cut, 'status' | 'reason'> {
  const { code, reason } = event as { code?: number; reason?: string };
  return { status: code, reason: reason ?? '' };
}

/** Whether a close code is the server's own word, which nothing between could have said. */
function isServers(status = 0): boolean {
  return status === 1012 || status === 1013 || (status >= 4000 && status < 5000 && status !== 4499 && status !== 4504);
}

/** The class, with a listener for errors on each socket: without one, an error after the end would end a Node process. */
function listening(webSocket: unknown): unknown {
  const Base = webSocket as new (...args: unknown[]) => { addEventListener(name: string, listener: () => void): void };
  return class extends Base {
    constructor(...args: unknown[]) {
      super(...args);
      this.addEventListener('error', () => {});
    }
  };
}

import { type Keeper, Kept, type Way } from './kept.js';
import type { Settings } from './options.js';
import { ServerSentEventsTransport } from './transports/server-sent-events.js';
import type { Cut, Transport, TransportName } from './transports/transport.js';
import { WebSocketTransport } from './transports/web-socket.js';

// A socket that once stood has shown that it gets through; then a few failures are the server's, not the way's.
const failuresAfterSuccess = 3;
const socketRetryGrowth = 16;

/**
 * The way to the server. Operations run on one WebSocket, or each as a stream of server-sent events where WebSockets do
 * not get through; after a cut each is started again. While on streams, WebSocket is tried again from time to time.
 */
export class Connection {
  readonly #settings: Settings;
  readonly #way: Way = {
    transport: () => this.#transport(),
    fallBack: (cut) => this.#fallBack(cut),
    release: (kept) => this.#release(kept),
  };
  readonly #kept = new Set<Kept>();
  readonly #streams: ServerSentEventsTransport;
  #socket: WebSocketTransport | undefined;
  #name: TransportName;
  #failuresAllowed = 1;
  #failures = 0;
  #probe: ReturnType<typeof setTimeout> | undefined;
  #probing: WebSocketTransport | undefined;
  #probes = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#streams = new ServerSentEventsTransport(settings);
    this.#name = settings.transport === 'sse' ? 'sse' : 'websocket';
    globalThis.addEventListener?.('online', this.#online);
  }

  /** Keeps an operation going until it is stopped or refused; returns how to stop it. */
  keep(keeper: Keeper): () => void {
    if (this.#settings.ended.aborted) {
      return () => {};
    }
    const kept = new Kept(keeper, this.#settings, this.#way);
    this.#kept.add(kept);
    kept.start();
    return () => kept.stop();
  }

  dispose(): void {
    globalThis.removeEventListener?.('online', this.#online);
    this.#kept.forEach((kept) => kept.stop());
    this.#stopProbing();
    this.#socket?.dispose();
    this.#socket = undefined;
    this.#streams.dispose();
  }

  // The browser has a network again: no reason to wait out a pause.
  readonly #online = (): void => this.#kept.forEach((kept) => kept.wake());

  #release(kept: Kept): void {
    this.#kept.delete(kept);
    if (this.#kept.size === 0) {
      this.#stopProbing();
    }
  }

  #transport(): Transport {
    if (this.#name === 'sse') {
      this.#probeLater();
      return this.#streams;
    }
    this.#socket ??= new WebSocketTransport(
      this.#settings,
      () => this.#getsThrough(),
      (cut) => this.#lost(cut),
    );
    return this.#socket;
  }

  /** A socket has shown that it gets through: what still runs as a stream moves onto it. */
  #getsThrough(): void {
    this.#failures = 0;
    this.#failuresAllowed = failuresAfterSuccess;
    this.#useSocket();
    this.#kept.forEach((kept) => kept.moveTo('websocket'));
  }

  #lost({ reached }: Cut): void {
    this.#socket = undefined;
    if (!reached) {
      this.#failures++;
    }
  }

  /** After a cut: whether the operation should go on at once, on the other transport. */
  #fallBack({ transport, reached }: Cut): boolean {
    if (this.#settings.transport !== 'auto' || reached) {
      return false;
    }
    if (transport === 'sse') {
      // Neither gets through, so it is not the WebSocket's fault: begin with it again.
      this.#useSocket();
      return false;
    }
    if (this.#name === 'websocket' && this.#failures >= this.#failuresAllowed) {
      this.#name = 'sse';
    }
    return this.#name === 'sse';
  }

  #useSocket(): void {
    this.#name = 'websocket';
    this.#stopProbing();
  }

  #probeLater(): void {
    if (this.#settings.transport !== 'auto' || this.#probe !== undefined || this.#probing) {
      return;
    }
    const growth = Math.min(2 ** this.#probes, socketRetryGrowth);
    const wait = this.#settings.timing.socketRetry * growth * (0.5 + this.#settings.random() / 2);
    this.#probe = setTimeout(() => {
      this.#probe = undefined;
      this.#probes++;
      this.#tryBack();
    }, wait);
  }

  /** Tries a socket beside the streams. Once it has carried an answer, every stream moves onto it. */
  #tryBack(): void {
    const failed = (): void => {
      this.#probing = undefined;
      socket.dispose();
      this.#probeLater();
    };
    const socket = new WebSocketTransport(
      this.#settings,
      () => {},
      (cut) => (this.#socket === socket ? this.#lost(cut) : failed()),
    );
    this.#probing = socket;
    socket.start(
      { query: '{ __typename }' },
      {
        open: () => {},
        next: () => {
          this.#probing = undefined;
          this.#socket = socket;
          this.#getsThrough();
        },
        end: (end) => this.#probing === socket && end.kind !== 'cut' && failed(),
      },
    );
  }

  #stopProbing(): void {
    clearTimeout(this.#probe);
    this.#probe = undefined;
    this.#probing?.dispose();
    this.#probing = undefined;
    this.#probes = 0;
  }
}

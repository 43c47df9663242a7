/** Values, or a function asked before every connection and request, for tokens that are renewed. */
export type Provided<T> = T | (() => T | Promise<T>);

/** How long things take, in milliseconds. The defaults suit a page with readers; tests shorten them. */
export interface Timing {
  /** The first pause before coming back lasts up to this long; each further one up to twice as long. Default: 1,000. */
  readonly backOff: number;
  /** No pause is longer than this, unless the server asks for it. Default: 30,000. */
  readonly maxBackOff: number;
  /** After this long without a cut the next pause is a first one again. Default: 10,000. */
  readonly stable: number;
  /** How long a connection may take until the server has acknowledged it. Default: 10,000. */
  readonly connect: number;
  /** A connection on which nothing arrives for this long (the server sends signs of life) is taken for dead, and so is a request. Default: 30,000. */
  readonly silence: number;
  /** While on server-sent events: when WebSocket is first tried again; later tries come ever more rarely, up to 16 times as long. Default: 60,000. */
  readonly socketRetry: number;
}

/** What {@link createLiveClient} needs to know. Only `url` is required. */
export interface LiveClientOptions {
  /** The GraphQL endpoint by `http:` or `https:`; in a browser it may be relative (`/graphql`). */
  readonly url: string | URL;
  /** The endpoint by `ws:` or `wss:`. Default: `url` with the scheme changed. */
  readonly socketUrl?: string | URL;
  /** `auto`: WebSocket, and server-sent events where it does not get through. Default: `auto`. */
  readonly transport?: 'auto' | 'websocket' | 'sse';
  /** Headers of every HTTP request, server-sent events included. A browser's WebSocket carries none: use `connectionParams`. */
  readonly headers?: Provided<Readonly<Record<string, string>>>;
  /** The payload of `connection_init`. */
  readonly connectionParams?: Provided<Record<string, unknown>>;
  /** Whether cookies go along with HTTP requests. Default: `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** A class like the browser's `WebSocket`, where there is none (Node before 22: the package `ws`). Without any, server-sent events are used. */
  readonly webSocket?: unknown;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** Changes to how long things take. */
  readonly timing?: Partial<Timing>;
  /** A number from 0 up to 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

/** The options with every default filled in. */
export interface Settings {
  readonly url: string;
  readonly socketUrl: string;
  readonly transport: 'auto' | 'websocket' | 'sse';
  readonly headers: () => Promise<Record<string, string>>;
  readonly connectionParams: (() => Promise<Record<string, unknown>>) | undefined;
  readonly credentials: 'omit' | 'same-origin' | 'include';
  readonly webSocket: unknown;
  readonly fetch: typeof fetch;
  readonly timing: Timing;
  readonly random: () => number;
  /** Aborted when the client is disposed. */
  readonly ended: AbortSignal;
}

const defaults: Timing = {
  backOff: 1_000,
  maxBackOff: 30_000,
  stable: 10_000,
  connect: 10_000,
  silence: 30_000,
  socketRetry: 60_000,
};

/** Checks the options and fills in the defaults. */
export function settingsOf(options: LiveClientOptions, ended: AbortSignal): Settings {
  const url = absolute(options.url);
  const webSocket = options.webSocket ?? (globalThis as { WebSocket?: unknown }).WebSocket;
  const transport = options.transport ?? 'auto';
  if (transport === 'websocket' && webSocket === undefined) {
    throw new TypeError('There is no WebSocket here: pass one as `webSocket`, for instance of the package `ws`.');
  }
  const { headers, connectionParams } = options;
  return {
    url: url.href,
    socketUrl: (options.socketUrl === undefined ? socketOf(url) : absolute(options.socketUrl)).href,
    transport: transport === 'auto' && webSocket === undefined ? 'sse' : transport,
    headers: async () => ({ ...(typeof headers === 'function' ? await headers() : headers) }),
    connectionParams:
      connectionParams === undefined
        ? undefined
        : async () => (typeof connectionParams === 'function' ? await connectionParams() : connectionParams),
    credentials: options.credentials ?? 'same-origin',
    webSocket,
    // Called as a function of its own: a browser's fetch refuses any other `this`.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    timing: { ...defaults, ...options.timing },
    random: options.random ?? Math.random,
    ended,
  };
}

function absolute(url: string | URL): URL {
  return new URL(url, (globalThis as { location?: { href: string } }).location?.href);
}

function socketOf(url: URL): URL {
  const socket = new URL(url);
  socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  socket.hash = '';
  return socket;
}

// A WebSocket and a fetch that do what the test says, for what a real server would not do on command.
import { afterEach, beforeEach, mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createLiveClient } from '../dist/index.js';

/** Lets everything run that waits for nothing but its turn. */
export async function settle() {
  for (let turns = 0; turns < 5; turns++) {
    await turn();
  }
}

/** A class like the browser's WebSocket, whose sockets the test opens, feeds and closes. */
export function scriptedSockets() {
  const sockets = [];
  class ScriptedSocket {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;
    readyState = 0;
    sent = [];

    constructor(url) {
      this.url = url;
      sockets.push(this);
    }

    addEventListener() {}

    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close(code, reason = '') {
      this.closedBy = code;
      this.readyState = 2;
      queueMicrotask(() => this.drop(code, reason));
    }

    /** The server accepts and acknowledges. */
    async accept() {
      this.readyState = 1;
      this.onopen?.({});
      await settle();
      this.say({ type: 'connection_ack' });
      await settle();
    }

    say(message) {
      this.onmessage?.({ data: JSON.stringify(message) });
    }

    /** The subscriptions asked for on this socket. */
    get subscriptions() {
      return this.sent.filter(({ type }) => type === 'subscribe');
    }

    /** An event for the last subscription. */
    next(event) {
      this.say({ type: 'next', id: this.subscriptions.at(-1).id, payload: { data: { feed: event } } });
    }

    drop(code, reason = '') {
      if (this.readyState !== 3) {
        this.readyState = 3;
        this.onclose?.({ code, reason, wasClean: code !== 1006 });
      }
    }
  }
  return { sockets, webSocket: ScriptedSocket, last: () => sockets.at(-1) };
}

/** A fetch whose answers the test gives; every request is an entry in `requests`. */
export function scriptedFetch() {
  const requests = [];
  const fetch = async (url, init) =>
    await new Promise((resolve, reject) => {
      const request = {
        url,
        body: JSON.parse(init.body),
        fail: () => reject(new TypeError('fetch failed')),
        answer: (status, body = '', headers = {}) => resolve(new Response(body, { status, headers })),
        stream: () => {
          let controller;
          const body = new ReadableStream({ start: (started) => (controller = started) });
          init.signal?.addEventListener('abort', () => {
            try {
              controller.error(new DOMException('This operation was aborted', 'AbortError'));
            } catch {
              // It has ended.
            }
          });
          resolve(new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }));
          const write = (text) => controller.enqueue(new TextEncoder().encode(text));
          return {
            next: (event) => write(`event: next\ndata: ${JSON.stringify({ data: { feed: event } })}\n\n`),
            sign: () => write(':\n\n'),
            end: () => controller.close(),
          };
        },
      };
      init.signal?.addEventListener('abort', () => {
        request.aborted = true;
        reject(new DOMException('This operation was aborted', 'AbortError'));
      });
      requests.push(request);
    });
  return { requests, fetch, last: () => requests.at(-1) };
}

/** Follows a feed and keeps what is told. */
export function following(live, after) {
  const heard = { events: [], statuses: [], errors: [] };
  heard.stop = live.follow(
    { query: 'subscription ($after: String) { feed(after: $after) { position } }', after },
    {
      next: (event) => heard.events.push(event.position),
      status: (status) => heard.statuses.push(status),
      error: (error) => heard.errors.push(error),
    },
  );
  heard.states = () => heard.statuses.map(({ state, transport }) => transport ?? state);
  heard.pauses = () =>
    heard.statuses.filter(({ state }) => state === 'waiting').map(({ milliseconds }) => milliseconds);
  return heard;
}

/** Gives every test of a suite a clock that only the test moves; returns how to let time pass. */
export function scriptedTime() {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());
  return async (milliseconds) => {
    mock.timers.tick(milliseconds);
    await settle();
  };
}

/** Makes a client on a scripted connection, with the longest pauses that chance allows. */
export function scriptedClient(options = {}) {
  const { webSocket, sockets, last: socket } = scriptedSockets();
  const { fetch, requests, last: request } = scriptedFetch();
  const live = createLiveClient({ url: 'https://news.test/graphql', webSocket, fetch, random: () => 1, ...options });
  return { live, sockets, socket, requests, request };
}

/** The same, with a feed that is followed. */
export async function scriptedFeed(options = {}, after) {
  const client = scriptedClient(options);
  const feed = following(client.live, after);
  await settle();
  return { ...client, feed };
}

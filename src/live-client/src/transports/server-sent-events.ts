import { createClient } from 'graphql-sse';
import { isPassing } from '../back-off.js';
import { errorsOf, retryAfter } from '../http.js';
import type { Settings } from '../options.js';
import { Silence } from './silence.js';
import type { Cut, End, Operation, Result, Runner, Transport } from './transport.js';

/** Server-sent events: one HTTP request for each operation. */
export class ServerSentEventsTransport implements Transport {
  readonly name = 'sse';
  readonly #settings: Settings;
  readonly #stops = new Set<() => void>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  start(operation: Operation, runner: Runner): () => void {
    const { connect, silence } = this.#settings.timing;
    let done = false;
    let reached = false;
    let answer: Promise<End> | undefined;

    const cut = (how: Pick<Cut, 'status' | 'pause' | 'cause'>): End => ({
      kind: 'cut',
      cut: { transport: this.name, reached, ...how },
    });
    const finish = (end: End): void => {
      if (!done) {
        stop();
        runner.end(end);
      }
    };
    const quiet = new Silence(() => finish(cut({ cause: new Error('Nothing arrived any more.') })));

    const watched = async (input: string, init: RequestInit): Promise<Response> => {
      const response = await this.#settings.fetch(input, init);
      if (!response.ok || !isStream(response)) {
        // A copy, because the client reads nothing of an answer that is no stream.
        answer = refusal(response, cut);
        throw new Error(`The server answered ${response.status}.`);
      }
      quiet.allow(silence);
      return new Response(response.body && response.body.pipeThrough(heard(() => quiet.heard())), response);
    };

    // A client for each operation: what its fetch sees then belongs to this operation and no other.
    const client = createClient({
      url: this.#settings.url,
      headers: this.#settings.headers,
      credentials: this.#settings.credentials,
      retryAttempts: 0,
      fetchFn: watched,
    });
    const stop = (): void => {
      done = true;
      this.#stops.delete(stop);
      quiet.stop();
      client.dispose();
    };

    this.#stops.add(stop);
    quiet.allow(connect);
    client.subscribe(
      { query: operation.query, ...(operation.variables && { variables: operation.variables }) },
      {
        next: (result) => done || runner.next(result as Result),
        error: (cause) => void Promise.resolve(answer ?? cut({ cause })).then(finish),
        complete: () => finish({ kind: 'complete' }),
      },
      {
        connected: () => {
          reached = true;
          if (!done) {
            runner.open();
          }
        },
      },
    );
    return stop;
  }

  dispose(): void {
    this.#stops.forEach((stop) => stop());
  }
}

function isStream(response: Response): boolean {
  return /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '');
}

/** What an answer that is no stream says: errors of the operation, or something of a proxy's own. */
async function refusal(response: Response, cut: (how: Pick<Cut, 'status' | 'pause'>) => End): Promise<End> {
  const { status } = response;
  const errors = await errorsOf(response);
  const pause = retryAfter(response);
  return errors && !isPassing(status)
    ? { kind: 'refused', errors, status }
    : cut({ status, ...(pause !== undefined && { pause }) });
}

function heard(notice: () => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      notice();
      controller.enqueue(chunk);
    },
  });
}

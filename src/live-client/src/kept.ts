import { judge, pauseAfter, type Verdict } from './back-off.js';
import { LiveError } from './errors.js';
import type { Settings } from './options.js';
import type { Cut, End, Operation, Result, Transport, TransportName } from './transports/transport.js';

/** Who keeps an operation going. */
export interface Keeper {
  /** What to run now: asked at every start, so that it can begin where the last run broke. */
  operation(): Operation;
  open(transport: TransportName): void;
  next(result: Result): void;
  /** It broke, and is started again after a pause (0: at once, on the other transport). */
  waiting(milliseconds: number): void;
  /** It is over: the same again would end the same way. */
  failed(error: LiveError): void;
}

/** What an operation is kept going on. */
export interface Way {
  /** How to run it now. */
  transport(): Transport;
  /** After a cut: whether it should go on at once, on the other transport. */
  fallBack(cut: Cut): boolean;
  /** It is kept no longer. */
  release(kept: Kept): void;
}

/** One operation that is kept going. */
export class Kept {
  readonly #keeper: Keeper;
  readonly #settings: Settings;
  readonly #way: Way;
  #stopRun: (() => void) | undefined;
  #runsOn: TransportName | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #named = false;
  #openedAt: number | undefined;
  #failures = 0;
  #done = false;

  constructor(keeper: Keeper, settings: Settings, way: Way) {
    this.#keeper = keeper;
    this.#settings = settings;
    this.#way = way;
  }

  start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#openedAt = undefined;
    // What a run that is over still says goes nowhere.
    let current = true;
    const transport = this.#way.transport();
    this.#runsOn = transport.name;
    const stop = transport.start(this.#keeper.operation(), {
      open: () => {
        if (current) {
          this.#openedAt = Date.now();
          this.#keeper.open(transport.name);
        }
      },
      next: (result) => {
        if (!current) {
          return;
        }
        if (result.errors && (result.data === undefined || result.data === null)) {
          this.#stopRun?.();
          this.#end({ kind: 'refused', errors: result.errors });
        } else {
          this.#keeper.next(result);
        }
      },
      end: (end) => {
        if (current) {
          current = false;
          this.#end(end);
        }
      },
    });
    this.#stopRun = () => {
      current = false;
      stop();
    };
    if (this.#done) {
      this.#stopRun();
    }
  }

  /** Starts again at once, on the connection's transport, if it runs on another one. */
  moveTo(name: TransportName): void {
    if (this.#stopRun && this.#runsOn !== name) {
      this.#stopRun();
      this.start();
    }
  }

  /** Cuts a pause short, unless the server named it. */
  wake(): void {
    if (this.#timer !== undefined && !this.#named) {
      this.start();
    }
  }

  stop(): void {
    this.#done = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stopRun?.();
    this.#way.release(this);
  }

  #end(end: End): void {
    this.#stopRun = undefined;
    const verdict = judge(end);
    if (!verdict.again) {
      this.stop();
      this.#keeper.failed(errorOf(end));
      return;
    }
    const elsewhere = end.kind === 'cut' && this.#way.fallBack(end.cut);
    const pause = elsewhere ? 0 : this.#pause(verdict);
    this.#named = !elsewhere && verdict.exactly !== undefined;
    this.#timer = setTimeout(() => this.start(), pause);
    this.#keeper.waiting(pause);
  }

  #pause(verdict: Verdict & { again: true }): number {
    const { timing, random } = this.#settings;
    if (this.#openedAt !== undefined && Date.now() - this.#openedAt >= timing.stable) {
      this.#failures = 0;
    }
    return pauseAfter(verdict, this.#failures++, timing, random);
  }
}

function errorOf(end: End): LiveError {
  switch (end.kind) {
    case 'refused':
      return LiveError.of(end.errors, end.status);
    case 'cut':
      return new LiveError(end.cut.reason || `The connection was refused (${end.cut.status ?? 'no status'}).`, end.cut);
    case 'complete':
      return new LiveError('The operation has ended.');
  }
}

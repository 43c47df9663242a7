/**
 * Watches for a connection on which nothing arrives any more. Hearing is cheap: it notes the time, and the one timer
 * looks at it when it fires.
 */
export class Silence {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #limit = 0;
  #heard = 0;
  readonly #dead: () => void;

  constructor(dead: () => void) {
    this.#dead = dead;
  }

  /** Calls `dead` once nothing has been heard for this long. */
  allow(limit: number): void {
    this.stop();
    this.#limit = limit;
    this.#heard = Date.now();
    this.#arm(limit);
  }

  heard(): void {
    this.#heard = Date.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(wait: number): void {
    this.#timer = setTimeout(() => {
      const left = this.#heard + this.#limit - Date.now();
      if (left > 0) {
        this.#arm(left);
      } else {
        this.#timer = undefined;
        this.#dead();
      }
    }, wait);
  }
}

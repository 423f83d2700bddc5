/** Work that is done in the order it was asked for, also where some of it has to wait. */
export class WorkQueue {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Nothing is under way, and nothing waits. */
  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /** What `work` rejects with goes to `onFault`; what comes behind it is done all the same. */
  add(work: () => Promise<void>, onFault: (error: unknown) => void): void {
    this.#waiting += 1;
    this.#last = this.#last
      .then(work)
      .catch(onFault)
      .finally(() => {
        this.#waiting -= 1;
      });
  }
}

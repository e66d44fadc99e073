/** Gives a call up when the run is interrupted or its time is over; leaves no listener behind. */
export class Deadline {
  isOver = false;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void => this.controller.abort(this.run.reason);

  constructor(
    private readonly run: AbortSignal,
    milliseconds: number,
  ) {
    run.addEventListener('abort', this.onAbort, { once: true });
    if (run.aborted) this.onAbort();
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.controller.abort(new Error('deadline'));
    }, milliseconds);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  clear(): void {
    clearTimeout(this.timer);
    this.run.removeEventListener('abort', this.onAbort);
  }
}

import type { DownloadPlan, DownloadProgress, PlannedFile } from '../../protocol/hub.ts';
import { SpeedMeter } from './speed.ts';

/** Milliseconds between two reports: more would only cost. */
const interval = 100;

/** Adds up the progress of the files of a plan and tells it, often enough for an eye. */
export class Reporter {
  readonly #plan: DownloadPlan;
  readonly #report: (progress: DownloadProgress) => void;
  readonly #speed = new SpeedMeter();
  #finished = 0;
  #last = -Infinity;
  /** Tells what was held back, in case nothing follows. */
  #later: NodeJS.Timeout | undefined;

  constructor(plan: DownloadPlan, report: (progress: DownloadProgress) => void) {
    this.#plan = plan;
    this.#report = report;
  }

  /** Bytes of files that need not be downloaded. */
  begin(bytes: number): void {
    this.#finished = bytes;
    this.#tell('', 0);
  }

  /** So many bytes of a file are here. */
  progress(path: string, bytes: number): void {
    const now = performance.now();
    this.#speed.add(this.#finished + bytes, now);
    clearTimeout(this.#later);
    if (now - this.#last >= interval) this.#tell(path, bytes);
    else this.#later = setTimeout(() => this.#tell(path, bytes), interval);
  }

  /** Nothing is told after this. */
  end(): void {
    clearTimeout(this.#later);
  }

  fileDone({ path, bytes }: PlannedFile): void {
    clearTimeout(this.#later);
    this.#finished += bytes;
    this.#tell(path, 0);
  }

  #tell(detail: string, bytes: number): void {
    this.#last = performance.now();
    const { totalBytes: total } = this.#plan;
    this.#report({
      stage: 'downloading',
      detail,
      done: this.#finished + bytes,
      total,
      bytesPerSecond: this.#speed.bytesPerSecond,
    });
  }
}

import { listDay, type FolderObject } from './log-folder.js';
import type { Place } from './places.js';
import type { ObjectStore } from '../model/object-store.js';
import { attempt } from './attempt.js';
import { startOfDay } from './timestamps.js';

/** The folders of a place's log files, listed a day at a time, each day once. */
export class LogListings {
  /** By day: how each object is listed. */
  private readonly states = new Map<number, Map<string, string>>();
  /** Why a folder could not be listed to its end. */
  unlisted: string | undefined;

  constructor(
    private readonly store: ObjectStore,
    private readonly place: Place,
    /** Told of each object, with the folder that it is in. */
    private readonly onObject: (folder: string, object: FolderObject) => void,
  ) {}

  async list(day: number): Promise<void> {
    if (this.states.has(day)) return;
    const states = new Map<string, string>();
    this.states.set(day, states);
    for (const folder of this.place.logFolders) {
      const listed = await attempt(async () => await listDay(this.store, this.place, folder, day));
      if ('unlisted' in listed) {
        this.unlisted ??= listed.unlisted;
        continue;
      }
      for (const object of listed.it) {
        states.set(object.key, object.state);
        this.onObject(folder, object);
      }
    }
  }

  /** How an object of the listed days is listed. */
  stateOf(key: string): string | undefined {
    for (const states of this.states.values()) {
      const state = states.get(key);
      if (state !== undefined) return state;
    }
    return undefined;
  }

  /** Lets go of days that are done with. */
  keepUpTo(day: number): void {
    for (const it of this.states.keys()) if (it > startOfDay(day)) this.states.set(it, new Map());
  }
}

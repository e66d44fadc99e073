import { known, type Unknown } from '../../../model/known.js';
import { type ConfigItem, type ItemType, required } from '../../../normalize/index.js';
import type { Context } from '../../run/context.js';
import { batches } from '../query.js';
import { asRow, readItems } from '../rows.js';
import type { ItemVersions } from './item-versions.js';
import type { Window } from './recorded-past.js';
import { recorderTimes } from './recorder-times.js';

/** ListDiscoveredResources takes 20 ids at once. */
const idsAtOnce = 20;

/** Recorders are no resources whose history is told. */
type HistoryType = Exclude<ItemType, 'AWS::Config::ConfigurationRecorder'>;

/** A page is of seven days, and AWS Config keeps 2,557 days at most. */
const weeksKept = 366;

interface Resource {
  readonly type: HistoryType;
  readonly id: string;
  readonly region: string;
}

/** Reads what the recorders of the caller's account wrote of resources in a window, those too that are gone now. */
export class HistoryReader {
  private firstGap: Unknown | undefined;
  private readonly all: ConfigItem[] = [];

  constructor(
    private readonly context: Context,
    private readonly regions: readonly string[],
    private readonly window: Window,
    private readonly versions: ItemVersions,
  ) {}

  /** Why items may be missing; undefined as long as every question was answered. */
  get gap(): Unknown | undefined {
    return this.firstGap;
  }

  /** All resources of a type, or those of some ids, in every Region. */
  async read(type: HistoryType, ids?: Iterable<string>): Promise<void> {
    const parts = ids === undefined ? [undefined] : batches([...ids].toSorted(), idsAtOnce);
    const questions = this.regions.flatMap((region) => parts.map((part) => ({ region, part })));
    const { limit } = this.context;
    const listed = await limit(questions, async ({ region, part }) => await this.list(type, region, part));
    await limit(listed.flat(), async (resource) => await this.history(resource));
  }

  /** When the recorder of each Region stopped and started, once everything else was read. */
  async readRecorders(): Promise<void> {
    const newest = new Map<string, string>();
    for (const { region, capturedAt } of this.all) {
      if ((newest.get(region) ?? '') < capturedAt) newest.set(region, capturedAt);
    }
    const { limit } = this.context;
    const found = await limit(this.regions, async (region) => {
      return await recorderTimes(this.context, region, newest.get(region));
    });
    for (const { items, gap } of found) {
      if (gap !== undefined) this.note(gap);
      for (const item of items) if (item.capturedAt <= this.window.to) this.versions.add(item);
    }
  }

  private async list(type: HistoryType, region: string, ids: readonly string[] | undefined): Promise<Resource[]> {
    const { aws, sessions } = this.context;
    const input = {
      resourceType: type,
      includeDeletedResources: true,
      limit: 100,
      ...(ids === undefined ? {} : { resourceIds: [...ids] }),
    };
    const { it, partial } = await aws.askAll(
      sessions.base,
      'config:ListDiscoveredResources',
      input,
      { region, resource: type },
      {
        token: (output) => output.nextToken,
        next: (nextToken) => ({ ...input, nextToken }),
        items: (output) => required(output.resourceIdentifiers, 'resourceIdentifiers'),
      },
    );
    this.note(it);
    // A resource that was deleted and made again is listed twice.
    const found = new Set(partial.map((resource) => required(resource.resourceId, 'resourceId')));
    return [...found].map((id) => ({ type, id, region }));
  }

  /**
   * Newest first, until the item that was in force when the window began. Each page spans seven days at most: it may be
   * empty and lead on all the same.
   * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
   */
  private async history({ type, id, region }: Resource): Promise<void> {
    const { aws, sessions } = this.context;
    const { ledger, clock } = aws.settings;
    const now = new Date(clock.now());
    // Asked to the second: what is later than the window is left out below.
    const until = new Date(Date.parse(this.window.to) + 1000);
    const input = {
      resourceType: type,
      resourceId: id,
      chronologicalOrder: 'Reverse' as const,
      limit: 100,
      ...(until < now ? { laterTime: until } : {}),
    };
    const place = { region, resource: `${type} ${id}` };
    const pages = aws.pages(sessions.base, 'config:GetResourceConfigHistory', input, place, {
      token: (output) => output.nextToken,
      next: (nextToken) => ({ ...input, nextToken }),
      items: (output) => required(output.configurationItems, 'configurationItems').map(asRow),
      maxEmptyPages: weeksKept,
    });
    const asked = { call: 'config:GetResourceConfigHistory', accountId: sessions.base.accountId, region };
    for await (const page of pages) {
      this.note(page.it);
      const rows = page.it.state === 'known' ? page.it.value : [];
      const read = readItems(rows, asked, ledger, now);
      this.note(read.gap ?? known(undefined));
      for (const item of read.items) {
        this.all.push(item);
        if (item.capturedAt <= this.window.to) this.versions.add(item);
      }
      if (read.items.some((item) => item.capturedAt <= this.window.from)) return;
    }
  }

  private note(it: Unknown | { readonly state: 'known' | 'absent' }): void {
    if (it.state === 'unknown') this.firstGap ??= it;
  }
}

import { createReadStream } from "node:fs";
import { messageOf } from "@mozdef/alert";
import { dataError } from "../files/data-error.ts";
import { checkSize, FollowedFile } from "../files/followed-file.ts";
import type { ListFormat } from "./entries.ts";
import type { Indicators } from "./indicators.ts";
import type { ListServices, ListSource } from "./list-source.ts";
import { type ListBounds, readList, type ReadList } from "./read-list.ts";

export interface FileListOptions {
  readonly name: string;
  readonly file: string;
  readonly format: ListFormat;
  readonly bounds: ListBounds;
}

/** A list in a file, read again when the file changes. */
export class FileList implements ListSource {
  readonly name: string;
  readonly #file: FollowedFile<ReadList>;
  #told: ReadList | null = null;

  constructor({ name, file, format, bounds }: FileListOptions) {
    this.name = name;
    this.#file = new FollowedFile(file, async (path) => {
      await checkSize(path, bounds.maxBytes);
      try {
        return await readList(createReadStream(path) as AsyncIterable<Uint8Array>, format, bounds);
      } catch (cause) {
        throw dataError(`${path} cannot be read: ${messageOf(cause)}`, cause);
      }
    });
  }

  async current({ log, report }: ListServices): Promise<Indicators> {
    const list = await this.#file.current(report);
    if (list !== this.#told && list.note !== null) log.warn(`threat list ${this.name}: ${list.note}`);
    this.#told = list;
    return list.indicators;
  }

  async prepare(services: ListServices): Promise<void> {
    await this.current(services);
  }
}

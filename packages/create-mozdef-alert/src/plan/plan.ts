import type { Answers } from "../answers.ts";
import { CreateError } from "../create-error.ts";
import type { Place } from "../place/choose-place.ts";
import type { ProjectSurvey } from "../place/project-survey.ts";
import { addToIndex } from "./add-to-index.ts";
import { alertFiles } from "./alert-files.ts";
import { packFiles } from "./pack-files.ts";
import type { Stock } from "./stock.ts";

/** A file that is to be written. */
export interface PlannedFile {
  /** Relative to the root, with `/` between the parts. */
  readonly path: string;
  readonly contents: string;
  /** An `edit` changes a file that has to be there; a `create` must not overwrite one. */
  readonly change: "create" | "edit";
}

/** Everything that is going to happen on disk. */
export interface Plan {
  readonly root: string;
  /** The pack's folder, relative to the root; empty when it is the root. */
  readonly packFolder: string;
  readonly packageName: string;
  readonly files: readonly PlannedFile[];
}

/**
 * What has to be written for the alert. Reads and writes nothing.
 *
 * @throws {CreateError} `CREATE_FILE_EXISTS` when a pack has an alert of this name; `CREATE_PACK_UNREADABLE`.
 */
export const planAlert = (answers: Answers, place: Place, surveyed: ProjectSurvey, stock: Stock): Plan => {
  if (place.kind === "existing-pack") return planInPack(answers, place, stock);
  const folder = place.kind === "project" ? "" : place.folder;
  const files = packFiles(answers, place, surveyed, stock);
  const index = files.get("src/index.ts") ?? "";
  files.set("src/index.ts", addToIndex(index, answers.name, "src/index.ts"));
  const all = [...files, ...filesOfAlert(answers, stock)];
  return {
    root: place.root,
    packFolder: folder,
    packageName: place.packageName,
    files: all.map(([path, contents]) => ({ path: below(folder, path), contents, change: "create" })),
  };
};

const below = (folder: string, path: string): string => (folder === "" ? path : `${folder}/${path}`);

const filesOfAlert = (answers: Answers, { templates }: Stock): readonly (readonly [path: string, text: string])[] => {
  const { code, test, readme } = alertFiles(answers, templates.alert);
  const base = `src/${answers.name.fileName}`;
  return [
    [`${base}/${answers.name.fileName}.ts`, code],
    [`${base}/${answers.name.fileName}.test.ts`, test],
    [`${base}/README.md`, readme],
  ];
};

const planInPack = (answers: Answers, place: Place & { readonly kind: "existing-pack" }, stock: Stock): Plan => {
  const { pack, workspace, root } = place;
  refuseTwin(answers, place);
  const index = below(pack.folder, "src/index.ts");
  const created = filesOfAlert(answers, stock).map(([path, contents]) => ({
    path: below(pack.folder, path),
    contents,
    change: "create" as const,
  }));
  return {
    root,
    packFolder: pack.folder,
    packageName: pack.name,
    files: [
      ...created,
      { path: index, contents: addToIndex(pack.index, answers.name, index), change: "edit" },
      ...(workspace.hasChangesets ? [changesetFile(answers, pack.name)] : []),
    ],
  };
};

/** The class name is the identity of an alert: two of one name cannot run together. */
const refuseTwin = ({ name }: Answers, { workspace }: Place & { readonly kind: "existing-pack" }): void => {
  const twin = workspace.packs.find(({ index }) => new RegExp(`\\b${name.className}\\b`).test(index));
  if (twin === undefined) return;
  throw new CreateError(
    "CREATE_FILE_EXISTS",
    `${name.className} already exists in ${twin.name}. Nothing was written. Choose another name: it is the identity of the alert.`,
  );
};

const changesetFile = ({ name }: Answers, packageName: string): PlannedFile => ({
  path: `.changeset/${name.fileName}.md`,
  contents: `---\n"${packageName}": minor\n---\n\nAdd ${name.className}.\n`,
  change: "create",
});

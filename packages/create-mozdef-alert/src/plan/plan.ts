import type { Answers } from "../answers.ts";
import { CreateError } from "../create-error.ts";
import type { Place } from "../place/choose-place.ts";
import type { ProjectSurvey } from "../place/project-survey.ts";
import { addToIndex } from "./add-to-index.ts";
import { alertFiles } from "./alert-files.ts";
import { packFiles } from "./pack-files.ts";
import { addToReadme } from "./pack-readme.ts";
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

export interface PlanInput {
  readonly answers: Answers;
  readonly place: Place;
  readonly surveyed: ProjectSurvey;
  readonly stock: Stock;
  /** Whether an alert of this name may be made anew in the pack that has it. */
  readonly isForced: boolean;
}

/**
 * What has to be written for the alert. Reads and writes nothing.
 *
 * @throws {CreateError} `CREATE_FILE_EXISTS` when a pack has an alert of this name; `CREATE_PACK_UNREADABLE`.
 */
export const planAlert = ({ answers, place, surveyed, stock, isForced }: PlanInput): Plan => {
  const hasTwin = refuseTwin(answers, place, isForced);
  if (place.kind === "existing-pack") return planInPack(answers, place, { stock, hasTwin });
  const folder = place.kind === "project" ? "" : place.folder;
  const files = packFiles(answers, place, surveyed, stock);
  const index = files.get("src/index.ts") ?? "";
  files.set("src/index.ts", addToIndex(index, answers.name, "src/index.ts"));
  const readme = files.get("README.md") ?? "";
  files.set("README.md", addToReadme(readme, rowOf(answers, stock)) ?? readme);
  const all = [...files, ...filesOfAlert(answers, stock)];
  const created = all.map(([path, contents]) => ({ path: below(folder, path), contents, change: "create" as const }));
  const hasChangesets = place.kind === "workspace-pack" && place.workspace.hasChangesets;
  return {
    root: place.root,
    packFolder: folder,
    packageName: place.packageName,
    files: [...created, ...(hasChangesets ? [changesetFile(answers, place.packageName)] : [])],
  };
};

const rowOf = (answers: Answers, { templates }: Stock) => ({
  name: answers.name,
  detects: alertFiles(answers, templates.alert).description,
});

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

interface InPack {
  readonly stock: Stock;
  /** Whether the pack has an alert of this name, which is made anew. */
  readonly hasTwin: boolean;
}

const planInPack = (
  answers: Answers,
  place: Place & { readonly kind: "existing-pack" },
  { stock, hasTwin }: InPack,
): Plan => {
  const { pack, workspace, root } = place;
  const path = (file: string): string => below(pack.folder, file);
  const created = filesOfAlert(answers, stock).map(([file, contents]) => ({
    path: path(file),
    contents,
    change: "create" as const,
  }));
  const index = path("src/index.ts");
  const readme = pack.readme === null ? null : addToReadme(pack.readme, rowOf(answers, stock));
  const edit = (file: string, contents: string): PlannedFile => ({ path: file, contents, change: "edit" });
  const edited = [
    edit(index, addToIndex(pack.index, answers.name, index)),
    ...(readme === null ? [] : [edit(path("README.md"), readme)]),
    ...(workspace.hasChangesets ? [changesetFile(answers, pack.name)] : []),
  ];
  // What was there has its entries already.
  return { root, packFolder: pack.folder, packageName: pack.name, files: [...created, ...(hasTwin ? [] : edited)] };
};

/**
 * The class name is the identity of an alert: two of one name cannot run together.
 *
 * @returns whether the pack itself has the alert, and may lose it.
 */
const refuseTwin = ({ name }: Answers, place: Place, isForced: boolean): boolean => {
  const packs = place.kind === "project" ? [] : place.workspace.packs;
  const twin = packs.find(({ index }) => new RegExp(`\\b${name.className}\\b`).test(index));
  if (twin === undefined) return false;
  const isOwn = place.kind === "existing-pack" && place.pack === twin;
  if (isOwn && isForced) return true;
  throw new CreateError(
    "CREATE_FILE_EXISTS",
    `${name.className} already exists in ${twin.name}. Nothing was written. Choose another name: it is the identity of the alert.${isOwn ? " Or make it anew with --force." : ""}`,
  );
};

const changesetFile = ({ name }: Answers, packageName: string): PlannedFile => ({
  path: `.changeset/${name.fileName}.md`,
  contents: `---\n"${packageName}": minor\n---\n\nAdd ${name.className}.\n`,
  change: "create",
});

import type { PlaceWishes } from "../place/choose-place.ts";
import { choosePlace, isUndecided, type Place, shortName } from "../place/choose-place.ts";
import type { ProjectSurvey } from "../place/project-survey.ts";
import type { Asker } from "./terminal.ts";

const NEW_PACK = "\u0000new";

/** Where the alert goes; asks when there are several packs and nobody has said which. */
export const askPlace = async (
  surveyed: ProjectSurvey,
  wishes: PlaceWishes,
  { asker, surveyAt }: { readonly asker: Asker | null; readonly surveyAt: (dir: string) => ProjectSurvey },
): Promise<{ readonly place: Place; readonly surveyed: ProjectSurvey }> => {
  const { workspace } = surveyed;
  if (asker === null || workspace === null || !isUndecided(surveyed, wishes))
    return { place: choosePlace(surveyed, wishes), surveyed };
  const answer = await asker.choose<string>("Which pack does it belong to?", [
    ...workspace.packs.map((pack) => ({ value: pack.name, label: shortName(pack), hint: pack.name })),
    { value: NEW_PACK, label: "a new pack" },
  ]);
  if (answer !== NEW_PACK) return { place: choosePlace(surveyed, { ...wishes, pack: answer }), surveyed };
  const folder = await asker.text("In which folder?", {
    initial: `${workspace.root}/${(workspace.patterns[0] ?? "*").replaceAll("*", wishes.name.words.join("-"))}`,
    check: (text) => (text === "" ? "Name a folder." : undefined),
  });
  const there = surveyAt(folder);
  return { place: choosePlace(there, wishes), surveyed: there };
};

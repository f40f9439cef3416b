import type { PlaceWishes } from "../place/choose-place.ts";
import { choosePlace, isUndecided, type Place, shortName } from "../place/choose-place.ts";
import type { Surroundings } from "../place/surroundings.ts";
import type { Asker } from "./terminal.ts";

const NEW_PACK = "\u0000new";

/** Where the alert goes; asks when there are several packs and nobody has said which. */
export const askPlace = async (
  surroundings: Surroundings,
  wishes: PlaceWishes,
  { asker, surveyAt }: { readonly asker: Asker | null; readonly surveyAt: (dir: string) => Surroundings },
): Promise<{ readonly place: Place; readonly surroundings: Surroundings }> => {
  const { workspace } = surroundings;
  if (asker === null || workspace === null || !isUndecided(surroundings, wishes))
    return { place: choosePlace(surroundings, wishes), surroundings };
  const answer = await asker.choose<string>("Which pack does it belong to?", [
    ...workspace.packs.map((pack) => ({ value: pack.name, label: shortName(pack), hint: pack.name })),
    { value: NEW_PACK, label: "a new pack" },
  ]);
  if (answer !== NEW_PACK) return { place: choosePlace(surroundings, { ...wishes, pack: answer }), surroundings };
  const folder = await asker.text("In which folder?", {
    initial: `${workspace.root}/${(workspace.patterns[0] ?? "*").replaceAll("*", wishes.name.words.join("-"))}`,
    check: (text) => (text === "" ? "Name a folder." : undefined),
  });
  const there = surveyAt(folder);
  return { place: choosePlace(there, wishes), surroundings: there };
};

import { type DateElement, setField } from "./date-element.ts";
import type { DateField } from "./date-fields.ts";
import type { Names } from "./names.ts";
import { printField } from "./print-field.ts";

/** A word that stands for a number: the name of a month, a day, half a day, an era. The longest that fits is read. */
export const wordOf = (field: DateField, names: Names): DateElement => ({
  fields: [field],
  print: (moment) => names.texts[printField[field](moment) - names.first] ?? "",
  parse: (reading, at) => {
    const texts = reading.roundUp ? names.withoutLanguage : names.texts;
    let found = -1;
    for (const [place, text] of texts.entries())
      if (reading.text.startsWith(text, at) && text.length >= (texts[found]?.length ?? 0)) found = place;
    return found < 0 ? -1 : setField(reading, field, found + names.first, at + (texts[found]?.length ?? 0));
  },
});

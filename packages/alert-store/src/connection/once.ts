/** The first answer to a question, kept; an error is not, so that the next call asks again. */
export const once = <Arguments extends readonly unknown[], Answer>(
  ask: (...given: Arguments) => Promise<Answer>,
): ((...given: Arguments) => Promise<Answer>) => {
  let asked: Promise<Answer> | undefined;
  return (...given) => {
    asked ??= ask(...given).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
};

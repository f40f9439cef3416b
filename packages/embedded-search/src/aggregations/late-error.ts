const late = new WeakSet<Error>();

/** Runs a check that Elasticsearch makes only when all of the search has been read, so that other errors come first. */
export const checkedLate = <T>(check: () => T): T => {
  try {
    return check();
  } catch (error) {
    if (error instanceof Error) late.add(error);
    throw error;
  }
};

/** Is it what a check found that comes late? */
export const isLate = (error: unknown): boolean => error instanceof Error && late.has(error);

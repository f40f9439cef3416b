/**
 * Gives what is made of each input, in order. What follows is begun when the one before is handed out, so that another process makes it
 * meanwhile; no more than that one is waiting, so that memory holds two.
 */
export const oneAhead = async function* <In, Out>(
  inputs: readonly In[],
  make: (input: In) => Promise<Out>,
): AsyncGenerator<Out, void, void> {
  const begin = (index: number): Promise<Out> | null => {
    const rest = inputs.slice(index, index + 1).map(make);
    // Whoever asks for it is told; nobody does when the one before fails.
    for (const made of rest) made.catch(() => undefined);
    return rest[0] ?? null;
  };
  let next = begin(0);
  for (let index = 1; next !== null; index += 1) {
    const made: Out = await next;
    next = begin(index);
    yield made;
  }
};

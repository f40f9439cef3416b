/**
 * A cheap test before the exact one: could a few edits make this term into the other?
 *
 * Every character that the term does not have at all costs the other an edit, and so does every character more or less.
 */
export function nearTest(term: string, maxEdits: number): (other: string) => boolean {
  const known = new Uint8Array(65_536);
  for (let i = 0; i < term.length; i++) known[term.charCodeAt(i)] = 1;
  // An edit adds or takes one character, which can be two units.
  const least = term.length - 2 * maxEdits;
  const most = term.length + 2 * maxEdits;
  return (other) => {
    if (other.length < least || other.length > most) return false;
    let foreign = 0;
    for (let i = 0; i < other.length; i++) {
      if (known[other.charCodeAt(i)] === 0 && ++foreign > 2 * maxEdits) return false;
    }
    return true;
  };
}

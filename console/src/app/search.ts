/** What stands behind an address's `?`: words by name, several of one name in their order. */
export type Words = Record<string, string | string[] | undefined>;

/** As a form writes it (HTML, application/x-www-form-urlencoded): all values are text. */
export function parseSearch(search: string): Words {
  const words: Words = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = words[name];
    words[name] = before === undefined ? value : [before, value].flat();
  }
  return words;
}

export function stringifySearch(words: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(words)) {
    for (const each of [value].flat()) {
      if (each !== undefined) {
        search.append(name, String(each));
      }
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** What a page takes of them: the first word of each name, where there is one. */
export function first<N extends string>(...names: N[]): (words: Words) => { [name in N]?: string | undefined } {
  return (words) => {
    const taken: { [name in N]?: string | undefined } = {};
    for (const name of names) {
      const [word] = [words[name]].flat();
      if (word !== undefined) {
        taken[name] = word;
      }
    }
    return taken;
  };
}

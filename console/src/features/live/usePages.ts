import { useState } from 'react';

/** Which of several pages is looked at, with the way back. */
export interface Pages {
  cursor: string | undefined;
  back: (() => void) | undefined;
  on: (cursor: string) => void;
}

/** Pages that are found by a cursor; another subject starts with the first one. */
export function usePages(subject: string): Pages {
  const [state, setState] = useState<{ subject: string; cursors: readonly string[] }>({ subject, cursors: [] });
  const cursors = state.subject === subject ? state.cursors : [];
  return {
    cursor: cursors.at(-1),
    back: cursors.length === 0 ? undefined : () => setState({ subject, cursors: cursors.slice(0, -1) }),
    on: (cursor) => setState({ subject, cursors: [...cursors, cursor] }),
  };
}

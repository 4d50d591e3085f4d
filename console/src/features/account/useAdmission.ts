import { useState } from 'react';
import type { Admission, CodeAsked, Session } from '../../lib/api/types';

interface Entrance {
  /** Set while a code is needed. */
  asked: CodeAsked | undefined;
  take: (admission: Admission) => void;
  /** Back to the password. */
  again: () => void;
}

/**
 * What a page does with somebody who is in, or half in.
 *
 * @param half who is that from the beginning
 */
export function useAdmission(onSignedIn: (session: Session) => void, half?: CodeAsked): Entrance {
  const [asked, setAsked] = useState(half);
  return {
    asked,
    take: (admission) => ('challenge' in admission ? setAsked(admission) : onSignedIn(admission)),
    again: () => setAsked(undefined),
  };
}

import { useEffect, useState } from 'react';
import type { Where } from '../../lib/api/live';
import { usePlace } from '../../lib/place';

/** The application of the page's address, for calls. */
export function useWhere(): Where {
  const { tenant, app } = usePlace();
  return { tenant: tenant.id, app: app.id };
}

const settleMillis = 300;

/** The text once nobody has typed for a moment, so that not every letter is asked for. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMillis);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

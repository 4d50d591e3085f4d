import { useState } from 'react';

type Copied = 'no' | 'yes' | 'failed';

const words: Record<Copied, string> = { no: 'Copy', yes: 'Copied', failed: 'Select and copy it by hand' };

/** Puts the text on the clipboard, and says whether it is there. */
export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState<{ text: string; state: Copied }>({ text, state: 'no' });
  const state = copied.text === text ? copied.state : 'no';

  const copy = async () => {
    try {
      // Absent on pages that came over plain HTTP from another machine.
      await navigator.clipboard.writeText(text);
      setCopied({ text, state: 'yes' });
    } catch {
      setCopied({ text, state: 'failed' });
    }
  };

  return (
    <button type="button" className="quiet" onClick={() => void copy()} aria-live="polite">
      {words[state]}
    </button>
  );
}

import { useState } from 'react';

type Copied = 'no' | 'yes' | 'failed';

const words: Record<Copied, string> = { no: 'Copy', yes: 'Copied', failed: 'Select and copy it by hand' };

/** A shell line with a button that copies it. */
export function CopyLine({ line, label }: { line: string; label: string }) {
  const [copied, setCopied] = useState<{ line: string; state: Copied }>({ line, state: 'no' });
  const state = copied.line === line ? copied.state : 'no';

  const copy = async () => {
    try {
      // Absent on pages that came over plain HTTP from another machine.
      await navigator.clipboard.writeText(line);
      setCopied({ line, state: 'yes' });
    } catch {
      setCopied({ line, state: 'failed' });
    }
  };

  return (
    <div className="copy">
      <code tabIndex={0} aria-label={label}>
        {line}
      </code>
      <button type="button" onClick={() => void copy()} aria-live="polite">
        {words[state]}
      </button>
    </div>
  );
}

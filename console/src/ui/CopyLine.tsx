import { CopyButton } from './CopyButton';

/** A shell line with a button that copies it. */
export function CopyLine({ line, label }: { line: string; label: string }) {
  return (
    <div className="copy">
      <code tabIndex={0} role="group" aria-label={label}>
        {line}
      </code>
      <CopyButton text={line} />
    </div>
  );
}

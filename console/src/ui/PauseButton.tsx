/** Holds what a page asks for again and again, for reading. */
export function PauseButton({ paused, onChange }: { paused: boolean; onChange: (paused: boolean) => void }) {
  return (
    <button type="button" className="quiet" aria-pressed={paused} onClick={() => onChange(!paused)}>
      {paused ? 'Resume' : 'Pause'}
    </button>
  );
}

interface Props {
  onBack: (() => void) | undefined;
  onNext: (() => void) | undefined;
  back?: string;
  next?: string;
}

/** The way to the pages before and behind this one; nothing when it is the only one. */
export function Pager({ onBack, onNext, back = 'Previous page', next = 'Next page' }: Props) {
  return onBack === undefined && onNext === undefined ? null : (
    <div className="actions">
      <button type="button" className="quiet" disabled={onBack === undefined} onClick={onBack}>
        {back}
      </button>
      <button type="button" className="quiet" disabled={onNext === undefined} onClick={onNext}>
        {next}
      </button>
    </div>
  );
}

import { Refusal } from '../lib/api/http';

/** What went wrong, with the server's code, and a way to try it again where that may help. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, code, type } = error instanceof Refusal ? error.problem : { title: 'This page has a fault', code: 'page', type: '' };
  const detail = error instanceof Refusal ? error.message : String(error);
  const retryAfter = error instanceof Refusal ? error.retryAfter : undefined;
  return (
    <div className="trouble" role="alert">
      <p>
        <strong>{title}.</strong> {detail !== title && detail}
        {retryAfter !== undefined && ` Try again in ${retryAfter} seconds.`}
      </p>
      <p className="hint">
        Code {type === '' ? (
          <code>{code}</code>
        ) : (
          <a href={type} target="_blank" rel="noreferrer">
            {code}
          </a>
        )}
        {error instanceof Refusal && error.signedOut && (
          <>
            {' · '}
            <a href="/console/sign-in" target="_blank" rel="noreferrer">
              Sign in in another tab
            </a>
            , then try again here
          </>
        )}
      </p>
      {onRetry !== undefined && (
        <button type="button" className="quiet" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

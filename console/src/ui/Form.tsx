import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { Refusal } from '../lib/api/http';
import { Trouble } from './Trouble';

/** Says what is wrong with the field of this name. */
export type Wrong = (name: string) => string | undefined;

interface Props<T> {
  /** What is done when the form is sent; what it rejects with is shown, at the field where one is named. */
  action: () => Promise<T>;
  onDone: (value: T) => void;
  /** What the button says. */
  submit: string;
  /** The names of the fields that show themselves what is wrong with them. */
  fields: readonly string[];
  danger?: boolean;
  disabled?: boolean;
  onCancel?: (() => void) | undefined;
  children: (wrong: Wrong) => ReactNode;
}

/** A form that is checked by the server; what was typed stays, whatever the answer is. */
export function Form<T>({ action, onDone, submit, fields, danger = false, disabled = false, onCancel, children }: Props<T>) {
  const form = useRef<HTMLFormElement>(null);
  const sending = useMutation({ mutationFn: action, onSuccess: onDone });
  const { error } = sending;
  const at = error instanceof Refusal && error.field !== undefined && fields.includes(error.field) ? error.field : undefined;

  useEffect(() => {
    if (error !== null) {
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    }
  }, [error]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    // A form may stand in a dialog that stands in another one's tree.
    event.stopPropagation();
    if (!sending.isPending && !disabled) {
      sending.mutate();
    }
  };

  return (
    <form ref={form} onSubmit={send} noValidate aria-busy={sending.isPending}>
      {children((name) => (name === at && error !== null ? error.message : undefined))}
      {error !== null && at === undefined && <Trouble error={error} />}
      <div className="actions">
        <button type="submit" className={danger ? 'danger' : undefined} disabled={sending.isPending || disabled}>
          {sending.isPending ? `${submit} …` : submit}
        </button>
        {onCancel !== undefined && (
          <button type="button" className="quiet" onClick={onCancel}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
}

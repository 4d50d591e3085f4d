import { useId, type ReactNode } from 'react';

interface Common {
  label: string;
  /** What is wrong, as the server said it. */
  wrong?: string | undefined;
  hint?: ReactNode;
}

interface Wired {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

/** A label with its control, what helps to fill it in, and what is wrong with it. */
function Labelled({ label, wrong, hint, children }: Common & { children: (wired: Wired) => ReactNode }) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, wrong === undefined ? '' : `${id}-wrong`].filter(Boolean);
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described.join(' ') || undefined, 'aria-invalid': wrong !== undefined })}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong !== undefined && (
        <p className="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}

interface TextProps extends Common {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'number' | 'search';
  autoComplete?: string;
  placeholder?: string;
  mono?: boolean;
  readOnly?: boolean;
}

export function TextField({ label, wrong, hint, onChange, type = 'text', autoComplete = 'off', mono = false, ...rest }: TextProps) {
  return (
    <Labelled label={label} wrong={wrong} hint={hint}>
      {(wired) => (
        <input
          {...wired}
          {...rest}
          type={type}
          autoComplete={autoComplete}
          spellCheck={false}
          className={mono ? 'mono' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

interface AreaProps extends Common {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  placeholder?: string;
}

export function AreaField({ label, wrong, hint, onChange, rows = 4, ...rest }: AreaProps) {
  return (
    <Labelled label={label} wrong={wrong} hint={hint}>
      {(wired) => (
        <textarea {...wired} {...rest} rows={rows} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      )}
    </Labelled>
  );
}

interface SelectProps<V extends string> extends Common {
  value: V;
  onChange: (value: V) => void;
  options: readonly (readonly [V, string])[];
}

export function SelectField<V extends string>({ label, wrong, hint, value, onChange, options }: SelectProps<V>) {
  return (
    <Labelled label={label} wrong={wrong} hint={hint}>
      {(wired) => (
        <select {...wired} value={value} onChange={(event) => onChange(event.target.value as V)}>
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface CheckProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function CheckField({ label, hint, checked, onChange }: CheckProps) {
  const id = useId();
  return (
    <div className="check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

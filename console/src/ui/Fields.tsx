import { useId, type ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField as Labelled } from 'react-aria-components';

interface Common {
  label: string;
  /** What is wrong, as the server said it. */
  wrong?: string | undefined;
  hint?: ReactNode;
}

/** What helps to fill a field in, and what is wrong with it. */
function About({ hint, wrong }: Pick<Common, 'hint' | 'wrong'>) {
  return (
    <>
      {hint !== undefined && (
        <Text slot="description" elementType="p" className="hint">
          {hint}
        </Text>
      )}
      <FieldError elementType="p" className="wrong">
        {wrong}
      </FieldError>
    </>
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

export function TextField({ label, wrong, hint, mono = false, placeholder, readOnly = false, autoComplete = 'off', ...rest }: TextProps) {
  return (
    <Labelled
      {...rest}
      className="labelled"
      autoComplete={autoComplete}
      isReadOnly={readOnly}
      isInvalid={wrong !== undefined}
      spellCheck="false"
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <Input {...(placeholder === undefined ? {} : { placeholder })} className={mono ? 'mono' : ''} />
      <About hint={hint} wrong={wrong} />
    </Labelled>
  );
}

interface AreaProps extends Common {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  placeholder?: string;
}

export function AreaField({ label, wrong, hint, rows = 4, placeholder, ...rest }: AreaProps) {
  return (
    <Labelled {...rest} className="labelled" isInvalid={wrong !== undefined} spellCheck="false" validationBehavior="aria">
      <Label>{label}</Label>
      <TextArea rows={rows} placeholder={placeholder} className="" />
      <About hint={hint} wrong={wrong} />
    </Labelled>
  );
}

interface SelectProps<V extends string> extends Common {
  value: V;
  onChange: (value: V) => void;
  options: readonly (readonly [V, string])[];
}

/** The browser's own list of choices, which phones show in their own way. */
export function SelectField<V extends string>({ label, wrong, hint, value, onChange, options }: SelectProps<V>) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, wrong === undefined ? '' : `${id}-wrong`].filter(Boolean);
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={described.join(' ') || undefined}
        aria-invalid={wrong !== undefined}
        onChange={(event) => onChange(event.target.value as V)}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
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

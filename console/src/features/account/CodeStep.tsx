import { useEffect, useRef, useState } from 'react';
import { signInByCode } from '../../lib/api/console';
import type { CodeAsked, Session } from '../../lib/api/types';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';

interface Props {
  asked: CodeAsked;
  onDone: (session: Session) => void;
  onAgain: () => void;
}

/** The second step of signing in. */
export function CodeStep({ asked, onDone, onAgain }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [code, setCode] = useState('');

  // The button that was pressed is gone; the keyboard goes on in the field.
  useEffect(() => place.current?.querySelector('input')?.focus(), []);

  return (
    <div ref={place}>
      <Form action={() => signInByCode(asked.challenge, code)} onDone={onDone} submit="Sign in" fields={['code']}>
        {(wrong) => (
          <TextField
            label="Code"
            autoComplete="one-time-code"
            value={code}
            onChange={setCode}
            hint="The 6 digits of your authenticator, or one of your recovery codes."
            wrong={wrong('code')}
          />
        )}
      </Form>
      <p>
        <button type="button" className="link" onClick={onAgain}>
          Begin again
        </button>
      </p>
    </div>
  );
}

import { useState } from 'react';
import { listeningToken } from '../../lib/api/backend';
import { Refusal, wrongField } from '../../lib/api/http';
import { keepSecret } from '../../lib/secrets';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';

/** Takes a key's secret, if the server says that it is the right one. */
export function Secret({ of: key, onKnown }: { of: string; onKnown: (secret: string) => void }) {
  const [typed, setTyped] = useState('');

  const check = async () => {
    try {
      await listeningToken({ key, secret: typed.trim() });
    } catch (error) {
      throw error instanceof Refusal && error.problem.code === 'credentials-invalid'
        ? wrongField('secret', 'not that of the key (expected: what was shown when the key was made)')
        : error;
    }
    return typed.trim();
  };

  return (
    <Form
      action={check}
      onDone={(secret) => {
        keepSecret(key, secret);
        onKnown(secret);
      }}
      submit="Use the secret"
      fields={['secret']}
    >
      {(wrong) => (
        <TextField
          label="Secret of the key"
          type="password"
          value={typed}
          onChange={setTyped}
          hint="Stays in this tab. Without it: public channels, and no publishing."
          wrong={wrong('secret')}
        />
      )}
    </Form>
  );
}

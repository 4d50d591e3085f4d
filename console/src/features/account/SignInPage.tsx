import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { identityBegin, signIn } from '../../lib/api/console';
import { identityProviderQuery } from '../../lib/api/queries';
import { Card } from '../../ui/Card';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';
import { CodeStep } from './CodeStep';
import { halfOf, nextOf } from './next';
import { useAdmission } from './useAdmission';
import { useEntered } from './useEntered';

export function SignInPage() {
  usePageTitle('Sign in');
  const navigate = useNavigate();
  const { next, refused } = useSearch({ from: '/console/sign-in' });
  const { hash } = useLocation();
  const provider = useQuery(identityProviderQuery).data?.label;
  const half = halfOf(hash);
  const entered = useEntered();
  const { asked, take, again } = useAdmission((session) => {
    entered(session);
    void navigate({ href: nextOf(next), replace: true });
  }, half === undefined ? undefined : { challenge: half, expiresAt: '' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  if (asked !== undefined) {
    return (
      <Card title="The second step">
        <CodeStep asked={asked} onDone={take} onAgain={again} />
      </Card>
    );
  }
  return (
    <Card title="Sign in">
      <Refused code={refused} />
      <Form
        action={() => signIn(email.trim(), password)}
        onDone={take}
        submit="Sign in"
        fields={['email', 'password']}
      >
        {(wrong) => (
          <>
            <TextField label="E-mail" type="email" autoComplete="username" value={email} onChange={setEmail} wrong={wrong('email')} />
            <TextField
              label="Password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              wrong={wrong('password')}
            />
          </>
        )}
      </Form>
      {provider !== undefined && (
        <p>
          <a className="button" href={identityBegin}>
            Sign in with {provider}
          </a>
        </p>
      )}
      <p>
        <Link to="/console/forgot">Forgot the password?</Link> · {' '}
        <Link to="/console/sign-up" search={{ next }}>
          Sign up
        </Link>
      </p>
    </Card>
  );
}

const refusals: Record<string, string> = {
  'identity-refused': 'Signing in elsewhere did not succeed. Begin again.',
  'identity-unconfirmed': 'The provider does not say that your e-mail address is confirmed. Confirm it there, or sign up with a password.',
  'account-unconfirmed': 'There is an account with your e-mail address that nobody has confirmed. Ask for a new password, which confirms it, and begin again.',
  'identity-provider-unavailable': 'The provider cannot be reached now. Try again, or sign in with your password.',
  'too-many-attempts': 'There were too many attempts. Wait some minutes.',
};

/** Why a browser came back from elsewhere without a session. */
function Refused({ code }: { code: string | undefined }) {
  const words = code === undefined ? undefined : (refusals[code] ?? refusals['identity-refused']);
  return words === undefined ? null : (
    <p className="wrong" role="alert">
      {words}
    </p>
  );
}

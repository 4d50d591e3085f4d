import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { signIn } from '../../lib/api/console';
import { Card } from '../../ui/Card';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';
import { CodeStep } from './CodeStep';
import { nextOf } from './next';
import { useAdmission } from './useAdmission';
import { useEntered } from './useEntered';

export function SignInPage() {
  usePageTitle('Sign in');
  const navigate = useNavigate();
  const { search } = useLocation();
  const entered = useEntered();
  const { asked, take, again } = useAdmission((session) => {
    entered(session);
    void navigate(nextOf(search), { replace: true });
  });
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
      <p>
        <Link to="/console/forgot">Forgot the password?</Link> · <Link to={`/console/sign-up${search}`}>Sign up</Link>
      </p>
    </Card>
  );
}

import { useState } from 'react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { signUp } from '../../lib/api/console';
import { Card } from '../../ui/Card';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';
import { nextOf } from './next';
import { useEntered } from './useEntered';

export function SignUpPage() {
  usePageTitle('Sign up');
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/console/sign-up' });
  const entered = useEntered();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [team, setTeam] = useState('');
  return (
    <Card title="Sign up">
      <Form
        action={() => signUp({ email: email.trim(), password, tenant: team.trim() })}
        onDone={(session) => {
          entered(session);
          void navigate({ href: nextOf(next), replace: true });
        }}
        submit="Sign up"
        fields={['email', 'password', 'tenant']}
      >
        {(wrong) => (
          <>
            <TextField label="E-mail" type="email" autoComplete="username" value={email} onChange={setEmail} wrong={wrong('email')} />
            <TextField
              label="Password"
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={setPassword}
              hint="10 to 256 characters of any kind."
              wrong={wrong('password')}
            />
            <TextField
              label="Team"
              autoComplete="organization"
              value={team}
              onChange={setTeam}
              hint="Your apps belong to it; others can be invited later."
              wrong={wrong('tenant')}
            />
          </>
        )}
      </Form>
      <p>
        <Link to="/console/sign-in" search={{ next }}>
          Sign in instead
        </Link>
      </p>
    </Card>
  );
}

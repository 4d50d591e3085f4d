import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { acceptInvitation, askReset, resetPassword, signIn, signUp, verifyEmail } from '../../lib/api/console';
import { sessionQuery } from '../../lib/api/queries';
import type { Admission } from '../../lib/api/types';
import { Card } from '../../ui/Card';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Trouble } from '../../ui/Trouble';
import { usePageTitle } from '../../ui/usePageTitle';
import { CodeStep } from './CodeStep';
import { useAdmission } from './useAdmission';
import { useEntered } from './useEntered';

/** Asks for the link to a new password. */
export function ForgotPage() {
  usePageTitle('Forgot the password');
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  return (
    <Card title="Forgot the password">
      {asked ? (
        <p role="status">
          If there is an account with this address, a link is on its way to it. A server that sends no mail prints it to its log.
        </p>
      ) : (
        <Form action={() => askReset(email.trim())} onDone={() => setAsked(true)} submit="Send me a link" fields={['email']}>
          {(wrong) => (
            <TextField label="E-mail" type="email" autoComplete="username" value={email} onChange={setEmail} wrong={wrong('email')} />
          )}
        </Form>
      )}
      <p>
        <Link to="/console/sign-in">Back to signing in</Link>
      </p>
    </Card>
  );
}

/** Takes a new password by a mailed link. */
export function ResetPage() {
  usePageTitle('A new password');
  const token = useLocation().hash;
  const navigate = useNavigate();
  const entered = useEntered();
  const [password, setPassword] = useState('');
  const { asked, take } = useAdmission((session) => {
    entered(session);
    void navigate({ to: '/console', replace: true });
  });
  if (asked !== undefined) {
    return (
      <Card title="The second step">
        <p role="status">The password is changed.</p>
        <CodeStep asked={asked} onDone={take} onAgain={() => void navigate({ to: '/console/sign-in' })} />
      </Card>
    );
  }
  return (
    <Card title="A new password">
      <Form
        action={() => resetPassword(token, password)}
        onDone={take}
        submit="Take this password"
        fields={['password']}
      >
        {(wrong) => (
          <TextField
            label="New password"
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            hint="10 to 256 characters of any kind."
            wrong={wrong('password')}
          />
        )}
      </Form>
      <p>
        <Link to="/console/forgot">Ask for another link</Link>
      </p>
    </Card>
  );
}

/** Confirms an address by a mailed link, at once. */
export function VerifyPage() {
  usePageTitle('Confirm the address');
  const token = useLocation().hash;
  const client = useQueryClient();
  const verifying = useMutation({
    mutationFn: () => verifyEmail(token),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const { mutate } = verifying;
  const begun = useRef(false);

  useEffect(() => {
    // A link counts once, and effects may run twice.
    if (!begun.current) {
      begun.current = true;
      mutate();
    }
  }, [mutate]);

  return (
    <Card title="Confirm the address">
      {verifying.isError ? (
        <Trouble error={verifying.error} onRetry={() => mutate()} />
      ) : (
        <p role="status">{verifying.isSuccess ? 'The address is confirmed.' : 'One moment …'}</p>
      )}
      <p>
        <Link to="/console">To the console</Link>
      </p>
    </Card>
  );
}

/** Makes whoever opens an invitation's link a member, with an account that is there or a new one. */
export function InvitationPage() {
  usePageTitle('Invitation');
  const session = useQuery(sessionQuery);
  const token = useLocation().hash;
  return (
    <Card title="You are invited">
      <Loaded query={session}>
        {(who) => (who === null ? <Join token={token} /> : <Accept token={token} email={who.account.email} />)}
      </Loaded>
    </Card>
  );
}

function Accept({ token, email }: { token: string; email: string }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <Form
      action={() => acceptInvitation(token)}
      onDone={() => {
        void client.invalidateQueries({ queryKey: sessionQuery.queryKey }).then(() => navigate({ to: '/console', replace: true }));
      }}
      submit="Join the team"
      fields={[]}
    >
      {() => (
        <p>
          You are signed in as <strong>{email}</strong>. The invitation counts for the address that it was sent to.
        </p>
      )}
    </Form>
  );
}

function Join({ token }: { token: string }) {
  const navigate = useNavigate();
  const entered = useEntered();
  const [known, setKnown] = useState(false);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { asked, take, again } = useAdmission((session) => {
    entered(session);
    if (!known) {
      void navigate({ to: '/console', replace: true });
    }
  });
  if (asked !== undefined) {
    return <CodeStep asked={asked} onDone={take} onAgain={again} />;
  }
  return (
    <>
      <Form
        action={(): Promise<Admission> => (known ? signIn(email.trim(), password) : signUp({ email: email.trim(), password, invitation: token }))}
        onDone={take}
        submit={known ? 'Sign in' : 'Sign up and join'}
        fields={['email', 'password']}
      >
        {(wrong) => (
          <>
            <TextField
              label="E-mail"
              type="email"
              autoComplete="username"
              value={email}
              onChange={setEmail}
              hint="The address that the invitation was sent to."
              wrong={wrong('email')}
            />
            <TextField
              label="Password"
              type="password"
              autoComplete={known ? 'current-password' : 'new-password'}
              value={password}
              onChange={setPassword}
              wrong={wrong('password')}
              {...(known ? {} : { hint: '10 to 256 characters of any kind.' })}
            />
          </>
        )}
      </Form>
      <p>
        <button type="button" className="link" onClick={() => setKnown(!known)}>
          {known ? 'I have no account yet' : 'I have an account'}
        </button>
      </p>
    </>
  );
}

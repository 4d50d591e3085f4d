import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { changePassword } from '../../lib/api/console';
import { useWho } from '../../lib/place';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { usePageTitle } from '../../ui/usePageTitle';
import { EventsSection, SessionsSection } from './Activity';
import { DeleteAccountSection } from './DeleteAccountSection';
import { SecondFactorSection } from './SecondFactorSection';
import { useEntered } from './useEntered';

export function AccountPage() {
  usePageTitle('Account');
  const { account, tenants } = useWho();
  const entered = useEntered();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [changed, setChanged] = useState(false);
  return (
    <>
      <h1>Account</h1>
      <section>
        <dl className="facts">
          <dt>E-mail</dt>
          <dd>
            {account.email} {account.verified ? '(confirmed)' : '(not confirmed yet: open the link that was mailed)'}
          </dd>
          <dt>Teams</dt>
          <dd>{tenants.length === 0 ? 'none' : tenants.map(({ name, role }) => `${name} (${role})`).join(', ')}</dd>
        </dl>
      </section>
      <section>
        <p>
          <Link to="/console/access-tokens">Access tokens</Link> let programs do what you may do.
        </p>
      </section>
      <section aria-labelledby="password">
        <h2 id="password">Password</h2>
        <p>A new password signs you out everywhere else.</p>
        <Form
          action={() => changePassword(current, next)}
          onDone={(session) => {
            entered(session);
            setCurrent('');
            setNext('');
            setChanged(true);
          }}
          submit="Change the password"
          fields={['current', 'next']}
        >
          {(wrong) => (
            <>
              <TextField
                label="Current password"
                type="password"
                autoComplete="current-password"
                value={current}
                onChange={(value) => {
                  setCurrent(value);
                  setChanged(false);
                }}
                wrong={wrong('current')}
              />
              <TextField
                label="New password"
                type="password"
                autoComplete="new-password"
                value={next}
                onChange={setNext}
                hint="10 to 256 characters of any kind."
                wrong={wrong('next')}
              />
            </>
          )}
        </Form>
        <p role="status">{changed && 'The password is changed.'}</p>
      </section>
      <SecondFactorSection />
      <SessionsSection />
      <EventsSection />
      <DeleteAccountSection />
    </>
  );
}

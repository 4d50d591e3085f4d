import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from '../../lib/api/console';
import { accountEventsQuery, secondFactorQuery, sessionsQuery } from '../../lib/api/queries';
import type { SecondFactor, SecondFactorSetup } from '../../lib/api/types';
import { CopyButton } from '../../ui/CopyButton';
import { CopyLine } from '../../ui/CopyLine';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Fields';
import { Form } from '../../ui/Form';
import { Loaded } from '../../ui/Loaded';
import { Moment } from '../../ui/Moment';

const QrCode = lazy(() => import('./QrCode'));

/** Whether signing in needs a code, and turning that on and off. */
export function SecondFactorSection() {
  const query = useQuery(secondFactorQuery);
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="second-factor">
      <h2 id="second-factor">Second factor</h2>
      <Loaded query={query}>
        {(factor) => (
          <>
            <State of={factor} />
            <div className="actions">
              <button type="button" className={factor.on ? 'quiet bad' : undefined} onClick={() => setOpen(true)}>
                {factor.on ? 'Turn it off' : 'Set it up'}
              </button>
            </div>
          </>
        )}
      </Loaded>
      {open && (query.data?.on === true ? <TurnOff onClose={() => setOpen(false)} /> : <SetUp onClose={() => setOpen(false)} />)}
    </section>
  );
}

function State({ of: factor }: { of: SecondFactor }) {
  if (!factor.on || factor.since === undefined) {
    return <p>Off. With it, signing in needs a code of an authenticator on your phone, beside the password.</p>;
  }
  const left = factor.recoveryCodes ?? 0;
  return (
    <p>
      On since <Moment at={factor.since} />. {left} recovery {left === 1 ? 'code is' : 'codes are'} left
      {left < 3 ? '; turn it off and on again for new ones.' : '.'}
    </p>
  );
}

function useRefresh(): () => void {
  const client = useQueryClient();
  return () => {
    for (const { queryKey } of [secondFactorQuery, sessionsQuery, accountEventsQuery]) {
      void client.invalidateQueries({ queryKey });
    }
  };
}

/** The password, then the secret and a code of it, then the recovery codes. */
function SetUp({ onClose }: { onClose: () => void }) {
  const [setup, setSetup] = useState<SecondFactorSetup>();
  const [recovery, setRecovery] = useState<string[]>();
  const refresh = useRefresh();
  const close = () => {
    // Only now, as the section shows the other dialog once the factor is on.
    refresh();
    onClose();
  };
  return (
    <Dialog title="Set up a second factor" onClose={close}>
      {recovery !== undefined ? (
        <Recovery codes={recovery} onClose={close} />
      ) : setup !== undefined ? (
        <Confirm setup={setup} onDone={setRecovery} onClose={close} />
      ) : (
        <Begin onDone={setSetup} onClose={close} />
      )}
    </Dialog>
  );
}

function Begin({ onDone, onClose }: { onDone: (setup: SecondFactorSetup) => void; onClose: () => void }) {
  const [password, setPassword] = useState('');
  return (
    <Form action={() => beginSecondFactor(password)} onDone={onDone} submit="Go on" fields={['password']} onCancel={onClose}>
      {(wrong) => (
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          wrong={wrong('password')}
        />
      )}
    </Form>
  );
}

function Confirm({ setup, onDone, onClose }: { setup: SecondFactorSetup; onDone: (codes: string[]) => void; onClose: () => void }) {
  const [code, setCode] = useState('');
  return (
    <>
      <p>Scan this with an authenticator app, or type the secret into it.</p>
      <Suspense fallback={<p className="loading">Loading …</p>}>
        <QrCode text={setup.uri} label="QR code of the secret" />
      </Suspense>
      <CopyLine line={setup.secret} label="Secret of the authenticator" />
      <Form
        action={() => confirmSecondFactor(code)}
        onDone={({ recoveryCodes }) => onDone(recoveryCodes)}
        submit="Turn it on"
        fields={['code']}
        onCancel={onClose}
      >
        {(wrong) => (
          <TextField
            label="Code"
            autoComplete="one-time-code"
            value={code}
            onChange={setCode}
            hint="The 6 digits that it shows now."
            wrong={wrong('code')}
          />
        )}
      </Form>
    </>
  );
}

function Recovery({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  return (
    <>
      <p role="status">
        The second factor is on, and you are signed out everywhere else. Keep these recovery codes: each lets you in once without the authenticator.
        They are not shown again.
      </p>
      <ol className="recovery" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="actions">
        <CopyButton text={codes.join('\n')} />
        <button type="button" onClick={onClose}>
          I have kept them
        </button>
      </div>
    </>
  );
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const refresh = useRefresh();
  return (
    <Dialog title="Turn the second factor off?" onClose={onClose}>
      <Form
        action={() => removeSecondFactor(password, code)}
        onDone={() => {
          refresh();
          onClose();
        }}
        submit="Turn it off"
        danger
        fields={['password', 'code']}
        onCancel={onClose}
      >
        {(wrong) => (
          <>
            <TextField
              label="Password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              wrong={wrong('password')}
            />
            <TextField
              label="Code"
              autoComplete="one-time-code"
              value={code}
              onChange={setCode}
              hint="Of the authenticator, or a recovery code."
              wrong={wrong('code')}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}

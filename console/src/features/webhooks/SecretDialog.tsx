import { Dialog } from '../../ui/Dialog';
import { Snippet } from '../../ui/Snippet';

/** A secret, this once. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog title="The webhook’s secret" onClose={onClose}>
      <p>It signs the calls, and is shown this once. Any library for Standard Webhooks checks the signature with it.</p>
      <Snippet text={secret} label="Secret" />
      <div className="actions">
        <button type="button" onClick={onClose}>
          I have copied it
        </button>
      </div>
    </Dialog>
  );
}

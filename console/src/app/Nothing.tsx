import { Link } from '@tanstack/react-router';
import { usePageTitle } from '../ui/usePageTitle';

export function Nothing() {
  usePageTitle('Nothing here');
  return (
    <div className="narrow">
      <h1>There is no such page</h1>
      <p>
        <Link to="/console">To the console</Link>
      </p>
    </div>
  );
}

import { Outlet, useParams } from 'react-router';
import { useWho } from '../lib/place';
import { Nothing } from './Nothing';

/** The pages of one tenant. One of others is as unknown as one that is not there. */
export function TenantLayout() {
  const who = useWho();
  const { tenant: id } = useParams();
  const tenant = who.tenants.find((each) => each.id === id);
  return tenant === undefined ? <Nothing /> : <Outlet key={tenant.id} context={{ who, tenant }} />;
}

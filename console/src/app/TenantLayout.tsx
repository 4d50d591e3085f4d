import { Outlet, useParams } from '@tanstack/react-router';
import { Fragment } from 'react';
import { TenantContext, useWho } from '../lib/place';
import { Nothing } from './Nothing';

/** The pages of one tenant. One of others is as unknown as one that is not there. */
export function TenantLayout() {
  const who = useWho();
  const { tenant: id } = useParams({ from: '/console/t/$tenant' });
  const tenant = who.tenants.find((each) => each.id === id);
  return tenant === undefined ? (
    <Nothing />
  ) : (
    <TenantContext value={tenant}>
      <Fragment key={tenant.id}>
        <Outlet />
      </Fragment>
    </TenantContext>
  );
}

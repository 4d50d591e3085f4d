import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';

/** A page with one form and nothing around it. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="card-page">
      <Link to="/" className="brand">
        <img src="/bell.svg" alt="" width="28" height="28" /> Carillon
      </Link>
      <main>
        <section>
          <h1>{title}</h1>
          {children}
        </section>
      </main>
    </div>
  );
}

const shown = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment, by the clock of whoever looks; ISO 8601 in its tooltip. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {shown.format(new Date(at))}
    </time>
  );
}

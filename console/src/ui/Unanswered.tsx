/** Says that a number is not of all nodes. */
export function Unanswered({ nodes }: { nodes: number | undefined }) {
  return nodes === undefined ? null : (
    <p className="hint">
      {nodes === 1 ? 'One node has' : `${nodes} nodes have`} not answered in time; what is there is not counted.
    </p>
  );
}
